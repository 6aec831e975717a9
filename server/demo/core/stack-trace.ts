import type { Language } from '../shop/services'

export interface Exception {
  readonly type: string
  readonly message: string
  /** Innermost frame first: `Module.function file:line`. */
  readonly frames: readonly string[]
  readonly cause?: { readonly type: string; readonly message: string; readonly frames: readonly string[] }
}

/** The stack trace as the language's SDK would record it in `exception.stacktrace`. */
export function formatStackTrace(language: Language, exception: Exception): string {
  return FORMATS[language](exception)
}

const split = (frame: string): [name: string, place: string, line: string] => {
  const [, name = frame, place = 'unknown', line = '1'] = /^(.*) (\S+):(\d+)$/.exec(frame) ?? []
  return [name, place, line]
}
const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const FORMATS: Readonly<Record<Language, (e: Exception) => string>> = {
  nodejs: (e) => {
    const frames = (list: readonly string[]): string =>
      list
        .map((f) => split(f))
        .map(([name, file, line]) => `    at ${name} (${file}:${line}:${11 + (Number(line) % 20)})`)
        .join('\n')
    const cause = e.cause
      ? ` {\n  [cause]: ${e.cause.type}: ${e.cause.message}\n${frames(e.cause.frames)}\n}`
      : ''
    return `${e.type}: ${e.message}\n${frames(e.frames)}${cause}`
  },
  go: (e) =>
    `goroutine ${1000 + e.message.length * 37} [running]:\n` +
    e.frames
      .map((f, i) => {
        const [name, file, line] = split(f)
        return `${name}(0xc000${(0x1a2b40 + i * 0x1c0).toString(16)}, {0x${(0x12f3a80 + i * 64).toString(16)}, 0xc0004d2a80})\n\t${file}:${line} +0x${(0x1c5 + i * 33).toString(16)}`
      })
      .join('\n'),
  java: (e) => {
    const frames = (list: readonly string[]): string =>
      list
        .map((f) => split(f))
        .map(([name, file, line]) => `\tat ${name}(${last(file)}:${line})`)
        .join('\n')
    const cause = e.cause
      ? `\nCaused by: ${e.cause.type}: ${e.cause.message}\n${frames(e.cause.frames)}\n\t... ${e.frames.length + 38} more`
      : ''
    return `${e.type}: ${e.message}\n${frames(e.frames)}${cause}`
  },
  python: (e) => {
    const frames = (list: readonly string[]): string =>
      [...list]
        .reverse()
        .map((f) => split(f))
        .map(([name, file, line]) => `  File "${file}", line ${line}, in ${name}\n    ${python(name)}`)
        .join('\n')
    const head = 'Traceback (most recent call last):\n'
    const cause = e.cause
      ? `${head}${frames(e.cause.frames)}\n${e.cause.type}: ${e.cause.message}\n\nThe above exception was the direct cause of the following exception:\n\n`
      : ''
    return `${cause}${head}${frames(e.frames)}\n${e.type}: ${e.message}\n`
  },
  dotnet: (e) => {
    const frames = e.frames
      .map((f) => split(f))
      .map(([name, file, line]) => `   at ${name} in ${file}:line ${line}`)
    const cause = e.cause
      ? `\n ---> ${e.cause.type}: ${e.cause.message}\n   --- End of inner exception stack trace ---`
      : ''
    return `${e.type}: ${e.message}${cause}\n${frames.join('\n')}`
  },
  rust: (e) =>
    `${e.type}: ${e.message}\n` +
    e.frames
      .map((f) => split(f))
      .map(([name, file, line], i) => `   ${i}: ${name}\n             at ${file}:${line}:${9 + i}`)
      .join('\n'),
  ruby: (e) =>
    e.frames
      .map((f) => split(f))
      .map(([name, file, line], i) =>
        i === 0
          ? `${file}:${line}:in '${name}': ${e.message} (${e.type})`
          : `\tfrom ${file}:${line}:in '${name}'`,
      )
      .join('\n'),
}

/** A plausible source line for a Python frame: the call it shows. */
function python(name: string): string {
  return name.startsWith('_')
    ? `result = self.${name}(*args)`
    : `return await ${name}(request, timeout=timeout)`
}
