import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { getSpan } from '@/server/services/traces/get-span'

export const GET = route(ENDPOINTS.span, ({ ctx, input, params }) =>
  getSpan(ctx, params.traceId, params.spanId, input),
)
