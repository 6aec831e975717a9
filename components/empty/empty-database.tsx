'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { startDemo } from '@/components/api/demo'
import { healthOptions } from '@/components/api/queries/health'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import { snippets } from './snippets'

/** No record at all yet: how to send the first, or the demo. The page around it turns to results by itself. */
export function EmptyDatabase() {
  const { data } = useQuery(healthOptions())
  const demo = useMutation({ mutationFn: startDemo })
  const http = data?.ingest.httpEndpoint ?? 'http://localhost:4318'
  const grpc = data?.ingest.grpcEndpoint ?? 'http://localhost:4317'
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <div className="mx-auto flex min-h-full max-w-[860px] flex-col justify-center gap-3 p-6">
        <div className="mb-2">
          <h2 className="text-xl font-semibold">Waiting for the first span</h2>
          <p role="status" className="flex items-center gap-2 text-muted">
            <span aria-hidden className="size-[7px] animate-pulse rounded-full bg-ok ring-3 ring-ok/20" />
            {data?.ingest.ready === false ? 'The receiver is starting.' : 'Listening.'} This page turns into
            results by itself.
          </p>
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          <Endpoint title="OTLP over HTTP" note="protobuf or JSON" url={http} />
          <Endpoint title="OTLP over gRPC" note="" url={grpc} />
        </div>
        <section aria-label="How to send" className="overflow-hidden rounded-lg border bg-panel">
          <Tabs defaultValue="node">
            <TabList aria-label="Language">
              {snippets(http, grpc).map((snippet) => (
                <Tab key={snippet.id} value={snippet.id}>
                  {snippet.title}
                </Tab>
              ))}
            </TabList>
            {snippets(http, grpc).map((snippet) => (
              <TabPanel key={snippet.id} value={snippet.id} className="p-3">
                <CodeBox label={`Copy ${snippet.title} snippet`} code={snippet.code}>
                  <pre className="min-h-[172px] overflow-x-auto p-3 pr-10 text-xs">{snippet.code}</pre>
                </CodeBox>
              </TabPanel>
            ))}
          </Tabs>
        </section>
        <div className="flex flex-wrap items-center gap-3">
          <Button variant="primary" disabled={demo.isPending || demo.isSuccess} onClick={() => demo.mutate()}>
            {demo.isSuccess ? 'The demo is starting…' : 'Load demo data'}
          </Button>
          <span className="text-xs text-faint">A shop of twelve services, with an incident to find</span>
          {demo.error ? (
            <span role="alert" className="text-xs text-error">
              {demo.error.message}
            </span>
          ) : null}
        </div>
      </div>
    </div>
  )
}

function Endpoint({ title, note, url }: { title: string; note: string; url: string }) {
  return (
    <section aria-label={title} className="rounded-lg border bg-panel p-3">
      <h3 className="mb-2 font-semibold">
        {title} {note ? <span className="text-xs font-normal text-faint">{note}</span> : null}
      </h3>
      <CodeBox label={`Copy ${title} endpoint`} code={url}>
        <code className="block truncate p-2.5 pr-10 text-xs">{url}</code>
      </CodeBox>
    </section>
  )
}

function CodeBox({ label, code, children }: { label: string; code: string; children: ReactNode }) {
  return (
    <div className="relative rounded-md border bg-canvas">
      {children}
      <CopyButton text={code} label={label} className="absolute top-1.5 right-1.5" />
    </div>
  )
}
