/** `npm run build`: the kernel, the engine and the console, into dist. */
import { prepare } from './prepare.mjs'

prepare()
