import path from 'node:path'
import { projectDir } from '../project.ts'

/** The programs that run as containers, and what their image is made of. */
export const programs = {
  server: {
    /** Workspaces whose source goes in; `node_modules` links to them, because Node runs no TypeScript inside it. */
    members: ['apps/server', 'packages/contracts'],
    files: ['apps/server/src', 'apps/server/sample', 'packages/contracts/src'],
    /** The directory whose package.json says what the program is. */
    home: 'apps/server',
  },
  shop: {
    // The build has everything in it: the shop needs no package at run time.
    members: [],
    files: [
      'apps/shop/build',
      'apps/shop/start.ts',
      'apps/shop/origin.ts',
      'apps/shop/package.json',
    ],
    home: 'apps/shop',
  },
} as const

export type Program = keyof typeof programs

/** Debian's word for an architecture, npm's word, and the word of container images. */
export const architectures = {
  arm64: { debian: 'arm64', npm: 'arm64' },
  amd64: { debian: 'amd64', npm: 'x64' },
} as const

export type Architecture = keyof typeof architectures

export const isProgram = (name: string): name is Program => name in programs
export const isArchitecture = (name: string): name is Architecture => name in architectures

/** Not root, and no name on any host it may meet. */
export const userId = 10_001

/** What Node itself needs of a Debian 12, and nothing else: no shell, no package manager. */
export const debianPackages = ['libc6', 'libstdc++6', 'libgcc-s1', 'ca-certificates', 'tzdata']

export const recipeFile = (program: Program): string =>
  path.join(projectDir, 'deploy', `${program}.Dockerfile`)
