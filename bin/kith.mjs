#!/usr/bin/env node
/** `kith`: installs and builds what is missing, then hands over to the command line. */
import { prepare, root } from './prepare.mjs'

prepare()
const { main } = await import(new URL(`file://${root}/dist/src/cli/main.js`).href)
await main(process.argv.slice(2))
