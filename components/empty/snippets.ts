export interface Snippet {
  readonly id: string
  readonly title: string
  readonly code: string
}

/** Shortest ways to send the first span, with the endpoints of this very program. */
export function snippets(http: string, grpc: string): Snippet[] {
  const grpcHost = grpc.replace(/^https?:\/\//, '')
  return [
    {
      id: 'node',
      title: 'Node.js',
      code: `npm i @opentelemetry/api @opentelemetry/auto-instrumentations-node
OTEL_SERVICE_NAME=my-app OTEL_EXPORTER_OTLP_ENDPOINT=${http} \\
  node --require @opentelemetry/auto-instrumentations-node/register app.js`,
    },
    {
      id: 'python',
      title: 'Python',
      code: `pip install opentelemetry-distro opentelemetry-exporter-otlp
opentelemetry-bootstrap -a install
OTEL_SERVICE_NAME=my-app OTEL_EXPORTER_OTLP_ENDPOINT=${http} \\
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf \\
  opentelemetry-instrument python app.py`,
    },
    {
      id: 'go',
      title: 'Go',
      code: `// go get go.opentelemetry.io/otel/sdk go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp
exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL("${http}/v1/traces"))
if err != nil {
	log.Fatal(err)
}
provider := trace.NewTracerProvider(trace.WithBatcher(exporter))
defer provider.Shutdown(ctx)
otel.SetTracerProvider(provider)`,
    },
    {
      id: 'java',
      title: 'Java',
      code: `curl -LO https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/latest/download/opentelemetry-javaagent.jar
OTEL_SERVICE_NAME=my-app OTEL_EXPORTER_OTLP_ENDPOINT=${http} \\
  java -javaagent:opentelemetry-javaagent.jar -jar app.jar`,
    },
    {
      id: 'curl',
      title: 'curl',
      code: `NOW=$(date +%s)
curl ${http}/v1/traces -H 'content-type: application/json' -d '{"resourceSpans":[{
  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my-app"}}]},
  "scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
    "name":"hello","kind":1,"startTimeUnixNano":"'$NOW'000000000","endTimeUnixNano":"'$NOW'250000000"}]}]}]}'`,
    },
    {
      id: 'collector',
      title: 'Collector',
      code: `exporters:
  otlp/spanlight:
    endpoint: ${grpcHost}
    tls:
      insecure: true
service:
  pipelines:
    traces:  { receivers: [otlp], processors: [batch], exporters: [otlp/spanlight] }
    logs:    { receivers: [otlp], processors: [batch], exporters: [otlp/spanlight] }
    metrics: { receivers: [otlp], processors: [batch], exporters: [otlp/spanlight] }`,
    },
  ]
}
