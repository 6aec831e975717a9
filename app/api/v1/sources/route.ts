import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { listSources } from '@/server/services/sources/list-sources'

export const GET = route(ENDPOINTS.sources, ({ ctx }) => listSources(ctx))
