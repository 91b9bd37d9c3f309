/** The library. What is not exported here may change at any time. */
export { type ErrorCode, type ErrorOptions, isKithError, KithError } from './errors.ts'
