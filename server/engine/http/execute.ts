import type { Engine } from '../engine'
import { EngineError } from '../exception'
import { prepareSession } from '../prepare'
import { refuseForRole } from '../role-guard'
import type { Running } from '../running'
import type { Session } from '../session'
import type { Statement } from '../statement'
import type { Answer } from './answer'
import { countWritten, dataOf, runInsert } from './insert'
import type { QueryOptions } from './request'
import type { StatementSource } from './statement-source'

/** One query, with all that its execution needs. */
export interface Job {
  readonly engine: Engine
  readonly running: Running
  readonly options: QueryOptions
  readonly readonly: boolean
  readonly answer: Answer
}

/** Runs a statement and writes its result into the answer. The data of an INSERT is awaited before it takes a place. */
export async function execute(job: Job, source: StatementSource): Promise<void> {
  if (job.options.roles.length > 0) refuseForRole(source.statement)
  if (source.data === null) return inSession(job, (session) => runStatement(job, session, source.statement))
  const head = source.statement
  await job.engine.spool.through(dataOf(source.data), (file) =>
    inSession(job, (session) => runInsert(session, head, file, job.answer.summary)),
  )
}

/** Waits for a place among the running queries and gives a session that is prepared for this one. */
async function inSession(job: Job, run: (session: Session) => Promise<void>): Promise<void> {
  const { engine, running, options, readonly } = job
  if (!(await engine.enter())) {
    throw new EngineError(202, 'Too many queries wait already: try again later')
  }
  let session: Session | null = null
  try {
    running.throwIfCancelled()
    session = engine.openSession()
    session.runSync(prepareSession(options, running.tag, readonly), 'Null')
    running.throwIfCancelled()
    await run(session)
  } finally {
    await session?.close()
    engine.leave()
  }
}

async function runStatement(job: Job, session: Session, statement: Statement): Promise<void> {
  const { answer, options, running } = job
  const format = options.defaultFormat ?? 'TabSeparated'
  answer.begin(statement.format ?? format, options.waitEndOfQuery)
  if (statement.kind === 'insert-select') {
    countWritten(answer.summary, await session.insert(statement.sql))
    return
  }
  if (statement.kind !== 'select') {
    const sql = statement.kind === 'kill' ? running.all.translateKill(statement.sql) : statement.sql
    await answer.write(await session.run(sql, format))
    return
  }
  await streamSelect(job, session.stream(statement.sql, format))
}

async function streamSelect(
  { engine, running, answer }: Job,
  pieces: ReturnType<Session['stream']>,
): Promise<void> {
  const { summary } = answer
  const readsMeanwhile = engine.watchReads()
  let counted = false
  for await (const piece of pieces) {
    if (running.cancelled) continue
    summary.resultRows += piece.rows
    summary.resultBytes += piece.bytes.length
    const progress = answer.holding && piece.rows > 0 ? await engine.progress.read(running.tag) : null
    if (progress !== null) {
      counted = true
      summary.readRows = progress.readRows
      summary.readBytes = progress.readBytes
      summary.totalRowsToRead = progress.totalRows
      summary.memoryUsage = progress.memory
    }
    if (piece.bytes.length > 0) await answer.write(piece.bytes)
  }
  const reads = counted || !answer.holding ? null : readsMeanwhile()
  if (reads === null) return
  summary.readRows = reads.rows
  summary.readBytes = reads.bytes
}
