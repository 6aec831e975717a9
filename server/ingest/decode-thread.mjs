// Node 20 cannot start a worker thread from a TypeScript file, not even with --import tsx: this one loads it.
import { register } from 'tsx/esm/api'

register()
await import('./decode-worker.ts')
