import { ENDPOINTS } from '@/lib/api/endpoints'
import { ndjson, wantsNdjson } from '@/server/http/ndjson'
import { route } from '@/server/http/route'
import { search, searchChunks } from '@/server/services/search/search'

export const POST = route(ENDPOINTS.search, async ({ ctx, input, headers }) =>
  wantsNdjson(headers) ? ndjson(searchChunks(ctx, input), ctx.requestId) : search(ctx, input),
)
