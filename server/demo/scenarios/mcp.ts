import type { ActiveSpan } from '../core/active-span'
import { grpc, sql } from '../core/calls'
import { type Attributes, Kind } from '../core/otlp'
import { PRODUCTS } from '../shop/content'

export interface ToolCall {
  readonly name: string
  readonly arguments: Readonly<Record<string, string | number>>
  readonly result: string
  readonly id?: string
}

/** A tool run by the model's wish: `execute_tool`, then the MCP call to the server that owns the tool. */
export function executeTool(from: ActiveSpan, tool: ToolCall): boolean {
  const { random } = from
  const failing = random.chance(0.03)
  const span = from.child(
    `execute_tool ${tool.name}`,
    {
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': tool.name,
        'gen_ai.tool.type': 'function',
        'gen_ai.tool.call.id': tool.id ?? `call_${random.hex(8)}`,
        'gen_ai.tool.call.arguments': JSON.stringify(tool.arguments),
      },
    },
    (span) => {
      const session = random.hex(16)
      const common: Attributes = {
        'mcp.method.name': 'tools/call',
        'mcp.protocol.version': '2025-06-18',
        'mcp.session.id': session,
        'jsonrpc.request.id': String(random.int(2, 40)),
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': tool.name,
        'network.transport': 'tcp',
        'network.protocol.name': 'http',
      }
      const name = `tools/call ${tool.name}`
      const attributes: Attributes = {
        ...common,
        'server.address': 'shop-mcp.shop.svc.cluster.local',
        'server.port': 8765,
      }
      span.child(
        name,
        {
          kind: Kind.Client,
          scope: { name: 'opentelemetry.instrumentation.mcp', version: '0.48.0' },
          attributes,
        },
        (client) => {
          client.spend(1.2)
          client.child(name, { service: 'shop-mcp', kind: Kind.Server, attributes: common }, (server) => {
            answer(server, tool.name)
            if (failing) {
              server.set({ 'rpc.response.status_code': '-32603' })
              server.error(`tool ${tool.name} failed: upstream returned 500`, { tool: tool.name })
              server.throw(
                {
                  type: 'fastmcp.exceptions.ToolError',
                  message: `${tool.name}: upstream returned 500`,
                  frames: [
                    '_call /app/shop_mcp/client.py:47',
                    `${tool.name} /app/shop_mcp/tools.py:83`,
                    'run /usr/local/lib/python3.13/site-packages/fastmcp/tools/tool.py:209',
                  ],
                },
                'tool_error',
              )
            } else {
              server.info(`tool ${tool.name} ok`, { tool: tool.name, result_bytes: tool.result.length })
            }
          })
          if (failing) client.fail('tool_error', 'tool_error')
          client.spend(0.8)
        },
      )
      if (failing) span.fail('tool_error', 'tool_error')
      else span.set({ 'gen_ai.tool.call.result': tool.result })
    },
  )
  return span.failure === null
}

/** What the MCP server does for the tool. */
function answer(server: ActiveSpan, tool: string): void {
  const { random } = server
  if (tool === 'search_products') {
    grpc(server, 'catalogue', 'shop.CatalogueService', 'Search', (span) => {
      span.set({ 'shop.product.id': random.pick(PRODUCTS).id })
      sql(span, {
        operation: 'SELECT',
        table: 'products',
        text: 'SELECT id, name, price_cents, stock FROM products WHERE document @@ websearch_to_tsquery($1) LIMIT $2',
        ms: 14,
        rows: random.int(1, 8),
      })
    })
  } else if (tool === 'get_order') {
    grpc(server, 'checkout', 'shop.OrderService', 'GetOrder', (span) => {
      sql(span, {
        operation: 'SELECT',
        table: 'orders',
        text: 'SELECT id, state, carrier, eta FROM orders WHERE id = $1',
        ms: 2.2,
        rows: 1,
      })
    })
  } else if (tool === 'get_payment_status') {
    sql(server, {
      operation: 'SELECT',
      table: 'charges',
      text: 'SELECT order_id, state, attempts, last_error FROM charges WHERE order_id = %s',
      ms: 3,
      rows: 1,
      database: 'payments',
    })
  } else {
    server.spend(9)
  }
}
