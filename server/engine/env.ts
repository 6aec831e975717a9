/**
 * What has to be in the environment before the engine's process starts: libuv reads the size of its
 * thread pool, and the allocators of Node and of the library their options, once.
 */

/** Threads for queries, inserts and compression. A query holds one while it waits for its next piece. */
const POOL_THREADS = 40

type Env = Readonly<Record<string, string | undefined>>

/** `env` and what the engine needs; the supervisor starts the engine with this. */
export function engineEnv(env: Env = process.env): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    ...env,
    UV_THREADPOOL_SIZE: String(POOL_THREADS),
    // Freed memory goes back at once: otherwise the process grows to several times what queries use.
    JE_MALLOC_CONF: 'dirty_decay_ms:0,muzzy_decay_ms:0',
    // The same for glibc's, where Node keeps the pieces of results on their way to clients.
    MALLOC_MMAP_THRESHOLD_: '131072',
    MALLOC_TRIM_THRESHOLD_: '131072',
    MALLOC_ARENA_MAX: '2',
  }
}

export function hasEngineEnv(env: Env = process.env): boolean {
  return Object.entries(engineEnv(env)).every(([name, value]) => name === 'NODE_ENV' || env[name] === value)
}
