import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#session/options.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions());
}

export { handle as GET, handle as POST };
