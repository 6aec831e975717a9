import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { getFacets } from '@/server/services/facets/get-facets'

export const POST = route(ENDPOINTS.facets, ({ ctx, input }) => getFacets(ctx, input))
