/** @type {import('next').NextConfig} */
export default {
  // Two builds side by side (a developer's and a test's) need folders of their own.
  distDir: process.env.SPANLIGHT_NEXT_DIR || '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // The API takes 1 MiB and says so itself; more than this is never held for it.
  experimental: { proxyClientMaxBodySize: '2mb' },
  serverExternalPackages: ['libsql', '@libsql/client', '@clickhouse/client'],
}
