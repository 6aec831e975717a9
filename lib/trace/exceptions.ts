import type { TraceEvent } from '@/lib/api/trace'

export interface StackFrame {
  text: string
  /** Code of the runtime or of a library, as far as the text tells. */
  library: boolean
}

export interface ExceptionView {
  type: string
  message: string
  escaped: boolean
  time: string
  /** The trace as lines; runs of library frames can be folded. */
  frames: StackFrame[]
  /** Whole text, for copying. */
  stacktrace: string
}

const MAX_FRAMES = 1000

/** The exceptions among a span's events (events named `exception`, or with an `exception.*` attribute). */
export function exceptionsOf(events: readonly TraceEvent[]): ExceptionView[] {
  return events.filter(isException).map((event) => {
    const { attributes } = event
    const stacktrace = attributes['exception.stacktrace'] ?? ''
    const type = attributes['exception.type'] ?? ''
    const message = attributes['exception.message'] ?? ''
    return {
      type,
      message,
      escaped: attributes['exception.escaped'] === 'true',
      time: event.time,
      frames: stackFrames(stacktrace, type, message),
      stacktrace,
    }
  })
}

export function isException(event: TraceEvent): boolean {
  return (
    event.name === 'exception' ||
    'exception.type' in event.attributes ||
    'exception.message' in event.attributes
  )
}

/** Frames of a stack trace in any of the usual languages; a headline that repeats type and message is left out. */
export function stackFrames(stacktrace: string, type = '', message = ''): StackFrame[] {
  const lines = stacktrace.replaceAll('\r', '').split('\n').slice(0, MAX_FRAMES)
  while (lines.length > 0 && lines[lines.length - 1]!.trim() === '') lines.pop()
  const headline = lines[0]?.trim() ?? ''
  const repeats = headline !== '' && [type, message, `${type}: ${message}`].includes(headline)
  return (repeats ? lines.slice(1) : lines).map((text) => ({ text, library: isLibraryFrame(text) }))
}

const LIBRARY_MARKS = [
  // Node, browsers
  '/node_modules/',
  '(node:',
  'at node:',
  'node:internal',
  '<anonymous>',
  // Python
  '/site-packages/',
  '/dist-packages/',
  '/lib/python3',
  // Go
  '/usr/local/go/src/',
  '/go/pkg/mod/',
  'runtime.gopanic',
  // Ruby, PHP
  '/gems/',
  '/vendor/',
  // Rust
  '/rustc/',
  '/.cargo/registry/',
]
const LIBRARY_PREFIX =
  /^\s*at (?:java|javax|jdk|sun|kotlin|kotlinx|scala|jakarta|com\.sun|org\.(?:springframework|apache|hibernate|eclipse|jboss|junit)|io\.(?:netty|grpc|undertow|micrometer|opentelemetry)|reactor|System|Microsoft)\./

function isLibraryFrame(line: string): boolean {
  return LIBRARY_PREFIX.test(line) || LIBRARY_MARKS.some((mark) => line.includes(mark))
}

export interface FrameGroup {
  library: boolean
  frames: StackFrame[]
}

/** Runs of library frames, so that own code stands out; short runs stay with their neighbours. */
export function groupFrames(frames: readonly StackFrame[], shortest = 3): FrameGroup[] {
  const runs: FrameGroup[] = []
  for (const frame of frames) {
    const last = runs.at(-1)
    if (last && last.library === frame.library) last.frames.push(frame)
    else runs.push({ library: frame.library, frames: [frame] })
  }
  const merged: FrameGroup[] = []
  for (const run of runs) {
    const library = run.library && run.frames.length >= shortest
    const last = merged.at(-1)
    if (last && !last.library && !library) last.frames.push(...run.frames)
    else merged.push({ library, frames: run.frames })
  }
  return merged
}
