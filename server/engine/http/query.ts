import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Engine } from '../engine'
import { toEngineError } from '../exception'
import type { RunningQueries } from '../running'
import { Answer } from './answer'
import { openBody } from './body'
import { execute } from './execute'
import { readMultipart } from './multipart'
import { readOptions } from './request'
import { readSource } from './statement-source'

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
      await execute({ engine, running, options, readonly: request.method !== 'POST', answer }, source)
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
