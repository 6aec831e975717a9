import type { RecordSelection } from '@/lib/api/common'
import type { TailRows } from '@/lib/api/tail'
import { ApiError } from './api-error'
import { readProblem } from './read-problem'

interface TailHandlers {
  onOpen: () => void
  onRows: (rows: TailRows) => void
  /** The connection broke: the browser tries again by itself. */
  onBroken: () => void
  /** The server refused; it will not get better by itself. */
  onProblem: (error: Error) => void
}

/** GET /tail: new records as they arrive. Returns what closes the stream. */
export function openTail(
  selection: Omit<RecordSelection, 'from' | 'to'>,
  columns: readonly string[],
  handlers: TailHandlers,
): () => void {
  const query = new URLSearchParams({ source: selection.source })
  if (selection.query) query.set('query', selection.query)
  if (selection.language) query.set('language', selection.language)
  if (selection.filters) query.set('filters', JSON.stringify(selection.filters))
  for (const column of columns) query.append('columns', column)
  const stream = new EventSource(`/api/v1/tail?${query}`)
  stream.addEventListener('open', handlers.onOpen)
  stream.addEventListener('rows', (event) => {
    const batch = parse(event.data) as TailRows | null
    if (batch) handlers.onRows(batch)
  })
  stream.addEventListener('problem', (event) => {
    stream.close()
    const problem = readProblem(parse(event.data))
    handlers.onProblem(problem ? new ApiError(problem) : new Error('The live stream ended'))
  })
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED) handlers.onProblem(new Error('The live stream was refused'))
    else handlers.onBroken()
  })
  return () => stream.close()
}

function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null
  } catch {
    return null
  }
}
