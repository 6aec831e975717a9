import { INSTRUMENTATION, SERVICES, type ServiceName } from '../shop/services'
import type { ActiveSpan } from './active-span'
import { type Attributes, Kind } from './otlp'
import type { Body } from './scene'

/** Calls between services and to databases, with the attributes of the current semantic conventions. */

export interface HttpCall {
  readonly method: string
  /** Low-cardinality route of the server, for example `/cart/{id}`. */
  readonly route: string
  readonly path?: string
  readonly attributes?: Attributes
}

const scopeOf = (span: ActiveSpan, library: 'http' | 'grpc' | 'db' | 'redis' | 'kafka') =>
  INSTRUMENTATION[span.pod.definition.language][library]

/** An HTTP call to another service: a client span here, a server span there. Returns the server's status. */
export function http(from: ActiveSpan, to: ServiceName, call: HttpCall, body: Body): number {
  const path = call.path ?? call.route
  const host = `${to}.shop.svc.cluster.local`
  const port = SERVICES[to].port
  const client = from.child(
    // A route is a low-cardinality target, so the conventions want it in a client's name too.
    `${call.method} ${call.route}`,
    {
      kind: Kind.Client,
      scope: scopeOf(from, 'http'),
      attributes: {
        'http.request.method': call.method,
        'url.full': `http://${host}:${port}${path}`,
        'url.template': call.route,
        'server.address': host,
        'server.port': port,
        'network.protocol.version': '1.1',
      },
    },
    (client) => {
      client.spend(0.45)
      const { language } = SERVICES[to]
      const server = client.child(
        `${call.method} ${call.route}`,
        {
          service: to,
          kind: Kind.Server,
          scope: INSTRUMENTATION[language].http,
          attributes: {
            'http.request.method': call.method,
            'http.route': call.route,
            'url.path': path.split('?')[0]!,
            'url.query': path.split('?')[1],
            'url.scheme': 'http',
            'server.address': host,
            'server.port': port,
            'client.address': from.scene.shopper.address,
            'network.peer.address': `10.${20 + (port % 7)}.${port % 250}.${port % 200}`,
            'network.protocol.version': '1.1',
            ...call.attributes,
          },
        },
        (server) => {
          body(server)
          endHttp(server, 'server')
        },
      )
      client.httpStatus = server.httpStatus
      client.spend(0.35)
      endHttp(client, 'client')
    },
  )
  return client.httpStatus
}

/** Status of an HTTP span: 5xx fails both sides, 4xx only the client's (as the conventions say). */
export function endHttp(span: ActiveSpan, side: 'server' | 'client'): void {
  span.set({ 'http.response.status_code': span.httpStatus })
  if (span.httpStatus >= (side === 'client' ? 400 : 500)) {
    if (span.failure === null) span.fail('', String(span.httpStatus))
  }
}

/** A gRPC call. A server that fails fails its client too. Returns true when it was answered OK. */
export function grpc(
  from: ActiveSpan,
  to: ServiceName,
  service: string,
  method: string,
  body: Body,
): boolean {
  const host = `${to}.shop.svc.cluster.local`
  const attributes: Attributes = {
    'rpc.system': 'grpc',
    'rpc.service': service,
    'rpc.method': method,
    'server.address': host,
    'server.port': SERVICES[to].port,
  }
  const name = `${service}/${method}`
  const client = from.child(
    name,
    { kind: Kind.Client, scope: scopeOf(from, 'grpc'), attributes },
    (client) => {
      client.spend(0.3)
      const scope = INSTRUMENTATION[SERVICES[to].language].grpc
      const server = client.child(name, { service: to, kind: Kind.Server, scope, attributes }, (server) => {
        body(server)
        server.set({ 'rpc.grpc.status_code': server.failure === null ? 0 : 13 })
      })
      client.spend(0.25)
      client.set({ 'rpc.grpc.status_code': server.failure === null ? 0 : 13 })
      if (server.failure !== null) client.fail(server.failure, 'INTERNAL')
    },
  )
  return client.failure === null
}

export interface Query {
  readonly operation: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'BEGIN' | 'COMMIT'
  readonly table: string
  readonly text: string
  readonly ms: number
  readonly rows?: number
  readonly database?: string
}

export function sql(from: ActiveSpan, query: Query, body?: Body): ActiveSpan {
  const summary = query.table === '' ? query.operation : `${query.operation} ${query.table}`
  return from.child(
    summary,
    {
      kind: Kind.Client,
      scope: scopeOf(from, 'db'),
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': query.database ?? 'shop',
        'db.operation.name': query.operation,
        'db.collection.name': query.table === '' ? undefined : query.table,
        'db.query.summary': summary,
        'db.query.text': query.text,
        'server.address': `orders-db.${from.scene.shopper.region}.rds.amazonaws.com`,
        'server.port': 5432,
        'peer.service': 'orders-db',
        'db.response.returned_rows': query.rows,
      },
    },
    (span) => {
      span.spend(query.ms, 0.4)
      body?.(span)
    },
  )
}

export function redis(from: ActiveSpan, operation: string, argument: string, ms = 0.6): ActiveSpan {
  return from.child(
    operation,
    {
      kind: Kind.Client,
      scope: scopeOf(from, 'redis'),
      attributes: {
        'db.system.name': 'redis',
        'db.namespace': '0',
        'db.operation.name': operation,
        'db.query.text': `${operation} ${argument}`,
        'server.address': `cache.${from.scene.shopper.region}.cache.amazonaws.com`,
        'server.port': 6379,
        'network.peer.address': '10.40.3.17',
        'peer.service': 'redis',
      },
    },
    (span) => void span.spend(ms, 0.45),
  )
}

/** Sends a message; whoever reads it links to the span that sent it. */
export function publish(from: ActiveSpan, topic: string, orderId: string, attributes: Attributes = {}): void {
  const { scene, random } = from
  const messageId = random.uuid()
  from.child(
    `send ${topic}`,
    {
      kind: Kind.Producer,
      scope: scopeOf(from, 'kafka'),
      attributes: {
        'messaging.system': 'kafka',
        'messaging.destination.name': topic,
        'messaging.destination.partition.id': String(random.int(0, 5)),
        'messaging.operation.name': 'send',
        'messaging.operation.type': 'send',
        'messaging.client.id': `${from.pod.service}-producer`,
        'messaging.message.id': messageId,
        'messaging.kafka.message.key': orderId,
        'messaging.message.body.size': random.int(380, 2900),
        'server.address': `kafka.${scene.shopper.region}.shop.example`,
        'server.port': 9092,
        ...attributes,
      },
    },
    (span) => {
      span.spend(2.6, 0.5)
      const { traceId } = scene
      const { region } = scene.shopper
      scene.published.push({
        traceId,
        spanId: span.spanId,
        topic,
        messageId,
        atMs: span.absoluteMs,
        orderId,
        region,
      })
    },
  )
}
