import tseslint from 'typescript-eslint'

/**
 * The rooms of the engine in the order in which they may know each other: a room imports itself, what its row names, and bytes, nothing else.
 * ARCHITECTURE.md says why; this rule holds it.
 */
const rooms = {
  bytes: [],
  archive: [],
  packaging: [],
  transcript: [],
  index: ['archive', 'packaging', 'install'],
  resolver: ['archive', 'packaging', 'index'],
  install: ['archive', 'packaging'],
  pex: ['archive', 'packaging', 'index', 'resolver', 'install'],
  'pex-command': ['archive', 'packaging', 'index', 'resolver', 'install', 'pex'],
  machine: [],
  http: ['machine'],
  shell: ['machine'],
  commands: ['archive', 'packaging', 'index', 'resolver', 'install', 'pex', 'pex-command', 'machine', 'http', 'shell'],
  python: ['machine'],
  host: ['archive', 'machine', 'http', 'shell', 'commands', 'python'],
}

const direction = Object.entries(rooms).map(([room, allowed]) => ({
  files: [`engine/${room}/**/*.ts`],
  ignores: ['**/*.test.ts', '**/*.contract.ts'],
  rules: {
    'no-restricted-imports': ['error', {
      patterns: [
        ...Object.keys(rooms).filter(other => ![room, 'bytes', ...allowed].includes(other)).map(other => ({
          group: [`**/${other}/**`, `../${other}/*`],
          message: `engine/${room} must not know engine/${other}: imports point one way (see eslint.config.js).`,
        })),
        { group: ['vue', '@vue/*', 'vite', '@xterm/*', 'node:*', '@slidev/*', '**/components/**', '**/scripts/**', '**/test/**'], message: 'The engine is pure TypeScript: no Vue, xterm, Vite, Node or page.' },
      ],
    }],
  },
}))

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'dist-bin', 'public', '.cache', 'components.d.ts', '.slidev'] },
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, plugins: { '@typescript-eslint': tseslint.plugin }, rules: {
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    'no-console': 'error',
    'no-debugger': 'error',
    'eqeqeq': ['error', 'always', { null: 'ignore' }],
    'prefer-const': 'error',
    'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  } },
  { files: ['scripts/**/*.ts', 'test/**/*.ts', '*.ts', '**/*.test.ts'], rules: { 'no-console': 'off', 'max-lines': 'off' } },
  ...direction,
)
