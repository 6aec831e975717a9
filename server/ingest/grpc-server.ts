import {
  logVerbosity,
  Metadata,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  setLogVerbosity,
  status,
} from '@grpc/grpc-js'
import { exportResponse, statusMessage } from '@/lib/otel/otlp/answers'
import type { Signal } from '@/lib/otel/otlp/decoded'
import { ConfigError } from '@/server/config'
import { type ExportDoor, REFUSALS, RETRY_SECONDS } from './http-export'
import type { Outcome } from './receiver'

const SERVICES: Readonly<Record<Signal, string>> = {
  traces: 'opentelemetry.proto.collector.trace.v1.TraceService',
  logs: 'opentelemetry.proto.collector.logs.v1.LogsService',
  metrics: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
}
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024

export interface GrpcDoor {
  readonly port: number
  /** Waits for running calls. */
  stop(): Promise<void>
  force(): void
}

/** OTLP over gRPC. Messages stay bytes: the decoding threads read them. @throws ConfigError when the port is taken */
export async function startGrpcServer(door: ExportDoor, host: string, port: number): Promise<GrpcDoor> {
  // The library writes a taken port to stderr by itself, beside our own line.
  setLogVerbosity(logVerbosity.NONE)
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    interceptors: [(_, call) => blameTheSender(call)],
  })
  for (const signal of ['traces', 'logs', 'metrics'] as const) {
    server.addService(definition(SERVICES[signal]), {
      Export: (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
        void exportCall(door, signal, call.request, callback)
      },
    })
  }
  const address = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return new Promise((resolve, reject) => {
    server.bindAsync(`${address}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) return reject(portError(error, host, port))
      resolve({
        port: bound,
        stop: () => new Promise((done) => server.tryShutdown(() => done())),
        force: () => server.forceShutdown(),
      })
    })
  })
}

/** OTLP wants INVALID_ARGUMENT for a message that cannot be unpacked; grpc-js answers INTERNAL, as its own fault. */
function blameTheSender(call: ServerInterceptingCallInterface): ServerInterceptingCall {
  const send = call.sendStatus.bind(call)
  call.sendStatus = (answer) => {
    const broken = answer.code === status.INTERNAL && answer.details === 'Failed to decompress message'
    send(broken ? { ...answer, code: status.INVALID_ARGUMENT } : answer)
  }
  return new ServerInterceptingCall(call)
}

function definition(service: string): ServiceDefinition {
  const asIs = (bytes: Buffer) => bytes
  return {
    Export: {
      path: `/${service}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    },
  }
}

async function exportCall(
  door: ExportDoor,
  signal: Signal,
  message: Buffer,
  callback: sendUnaryData<Buffer>,
): Promise<void> {
  const held = message.length
  if (!door.memory.tryTake(held)) {
    door.receiver.refuseUnread(signal, 'grpc', 'busy')
    return callback(
      failure({ kind: 'busy', message: 'the receiver has no memory left for this request: send it again' }),
    )
  }
  try {
    const outcome = await door.receiver.receive({
      signal,
      transport: 'grpc',
      encoding: 'protobuf',
      compression: 'identity',
      body: Uint8Array.from(message),
    })
    if (outcome.kind !== 'stored') return callback(failure(outcome))
    callback(null, Buffer.from(exportResponse(signal, 'protobuf', outcome.rejected, outcome.message)))
  } catch {
    callback(failure({ kind: 'internal', message: 'the receiver failed on this request' }))
  } finally {
    door.memory.give(held)
  }
}

function failure(outcome: Exclude<Outcome, { kind: 'stored' }>) {
  const { code, retry } = REFUSALS[outcome.kind]
  const metadata = new Metadata()
  if (retry) {
    const status = statusMessage('protobuf', code, outcome.message, RETRY_SECONDS)
    metadata.set('grpc-status-details-bin', Buffer.from(status))
  }
  return { code, details: outcome.message, metadata }
}

function portError(error: Error, host: string, port: number): Error {
  if (/EADDRINUSE/.test(error.message)) {
    return new ConfigError(
      `port ${port} on ${host} is taken (OTLP over gRPC): stop the other receiver, or set SPANLIGHT_OTLP_GRPC_PORT to a free port`,
    )
  }
  return new ConfigError(`cannot listen on ${host}:${port} (OTLP over gRPC): ${error.message}`)
}
