/** `kith/testing`: a real engine for your tests, and the town that lives in ours. */
export { moveIn, openTestEngine, type TestEngine, untilEncoded } from './test-engine.ts'
export { type Town, type TownTopic, town } from './town.ts'
