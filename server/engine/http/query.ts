import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Engine } from '../engine'
import { EngineError, toEngineError } from '../exception'
import { prepareSession } from '../prepare'
import { refuseForRole } from '../role-guard'
import type { Running, RunningQueries } from '../running'
import type { Session } from '../session'
import { Answer } from './answer'
import { openBody } from './body'
import { countWritten, runInsert } from './insert'
import { readMultipart } from './multipart'
import { type QueryOptions, readOptions } from './request'
import { readSource, type StatementSource } from './statement-source'

/** Answers one query. Never throws: what goes wrong becomes an exception of ClickHouse's form. */
export async function serveQuery(
  engine: Engine,
  queries: RunningQueries,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  let answer = newAnswer(engine, response, randomUUID(), false)
  try {
    const multipart = (request.headers['content-type'] ?? '').startsWith('multipart/form-data')
    const fields = multipart ? await readMultipart(request, openBody(request)) : new URLSearchParams()
    const options = readOptions(request, url, fields)
    const running = queries.start(options.queryId ?? randomUUID())
    const gzip = options.compress && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    answer = newAnswer(engine, response, running.queryId, gzip)
    response.on('close', () => {
      if (!response.writableFinished) running.cancel()
    })
    try {
      const source = await readSource(options.query, multipart ? null : openBody(request))
      await runInSlot(engine, running, options, source, request.method !== 'POST', answer)
    } finally {
      queries.finish(running)
    }
    await answer.end()
  } catch (error) {
    if (!response.destroyed) answer.fail(toEngineError(error))
  }
}

function newAnswer(engine: Engine, response: ServerResponse, queryId: string, gzip: boolean): Answer {
  return new Answer(response, { queryId, gzip, timezone: engine.timezone, version: engine.version })
}

async function runInSlot(
  engine: Engine,
  running: Running,
  options: QueryOptions,
  source: StatementSource,
  readonly: boolean,
  answer: Answer,
): Promise<void> {
  if (!(await engine.enter())) {
    throw new EngineError(202, 'Too many queries wait already: try again later')
  }
  let session: Session | null = null
  try {
    if (options.roles.length > 0) refuseForRole(source.statement)
    running.throwIfCancelled()
    session = engine.openSession()
    session.runSync(prepareSession(options, running.tag, readonly), 'Null')
    running.throwIfCancelled()
    await runStatement(engine, session, running, options, source, answer)
  } finally {
    session?.close()
    engine.leave()
  }
}

async function runStatement(
  engine: Engine,
  session: Session,
  running: Running,
  options: QueryOptions,
  source: StatementSource,
  answer: Answer,
): Promise<void> {
  const format = options.defaultFormat ?? 'TabSeparated'
  if (source.data !== null) {
    await runInsert(session, engine.spool, source.statement, source.data, answer.summary)
    return
  }
  const { statement } = source
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
  await streamSelect(engine, session.stream(statement.sql, format), running, answer)
}

async function streamSelect(
  engine: Engine,
  pieces: ReturnType<Session['stream']>,
  running: Running,
  answer: Answer,
): Promise<void> {
  const { summary } = answer
  const readsMeanwhile = engine.watchReads()
  let counted = false
  for await (const piece of pieces) {
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
    if (running.cancelled) return
  }
  const reads = counted || !answer.holding ? null : readsMeanwhile()
  if (reads === null) return
  summary.readRows = reads.rows
  summary.readBytes = reads.bytes
}
