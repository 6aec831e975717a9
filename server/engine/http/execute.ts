import type { Engine } from '../engine'
import { EngineError } from '../exception'
import { prepareSession } from '../prepare'
import { refuseForRole } from '../role-guard'
import type { Running } from '../running'
import type { Session } from '../session'
import { intoOutfile, type Statement } from '../statement'
import type { Answer } from './answer'
import { mayStream, readsInTail, tellsReads } from './formats'
import { countWritten, dataOf, runInsert } from './insert'
import type { QueryOptions } from './request'
import { openResult, type ResultFile, sendResult, watchSize } from './result-file'
import type { StatementSource } from './statement-source'
import { streamSelect } from './stream-select'

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
  if (source.data === null) return runStatement(job, source.statement)
  const head = source.statement
  await job.engine.spool.through(dataOf(source.data), (file) =>
    inSession(job, (session) => runInsert(session, head, file, job.answer.summary)),
  )
}

/** Waits for a place among the running queries and gives a session that is prepared for this one. */
async function inSession<T>(job: Job, run: (session: Session) => Promise<T>): Promise<T> {
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
    return await run(session)
  } finally {
    await session?.close()
    engine.leave()
  }
}

async function runStatement(job: Job, statement: Statement): Promise<void> {
  const { answer, options } = job
  const format = statement.format ?? options.defaultFormat ?? 'TabSeparated'
  answer.begin(format, options.waitEndOfQuery)
  if (statement.kind !== 'select')
    return inSession(job, (session) => runOther(job, session, statement, format))
  if (mayStream(format, statement.sql, options)) {
    return inSession(job, (session) => streamSelect(job, session.stream(statement.sql, format)))
  }
  await job.engine.spool.forResult(async (file) => {
    const result = await inSession(job, (session) => runIntoFile(job, session, statement, format, file))
    await sendResult(result, answer, job.running)
  })
}

async function runOther(
  { answer, running }: Job,
  session: Session,
  statement: Statement,
  format: string,
): Promise<void> {
  if (statement.kind === 'insert-select') {
    countWritten(answer.summary, await session.insert(statement.sql))
    return
  }
  const sql = statement.kind === 'kill' ? running.all.translateKill(statement.sql) : statement.sql
  await answer.write(await session.run(sql, format))
}

/** The engine writes one whole document, with limits and cancelling as ever, in no memory of ours. */
async function runIntoFile(
  { engine, running, answer: { summary } }: Job,
  session: Session,
  statement: Statement,
  format: string,
  file: string,
): Promise<ResultFile> {
  const readsMeanwhile = tellsReads(format) ? null : await engine.watchReads()
  const unwatch = watchSize(file, running)
  try {
    const { rows } = await session.runCounting(intoOutfile(statement, file, format), format)
    summary.resultRows = rows
  } catch (error) {
    throw unwatch() ?? error
  } finally {
    unwatch()
  }
  const result = await openResult(file)
  summary.resultBytes = result.size
  const reads = readsInTail(format, result.tail) ?? (await readsMeanwhile?.())
  summary.readRows = reads?.rows ?? 0
  summary.readBytes = reads?.bytes ?? 0
  return result
}
