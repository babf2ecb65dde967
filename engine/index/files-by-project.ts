import { belongsTo, wheelProject } from './belongs-to.ts'
import type { ProjectFile } from './package-index.ts'

/** Files of many projects -> those of one (normalised), in their order. Wheels' names are read once, however many projects are asked for. */
export const filesByProject = (files: readonly ProjectFile[]): ((project: string) => readonly ProjectFile[]) => {
  const wheels = new Map<string, number[]>()
  const others: number[] = []
  for (const [at, { fileName }] of files.entries()) {
    if (!fileName.endsWith('.whl')) {
      others.push(at)
      continue
    }
    const project = wheelProject(fileName)
    if (project === undefined) continue
    const own = wheels.get(project)
    if (own) own.push(at)
    else wheels.set(project, [at])
  }
  return project => [...wheels.get(project) ?? [], ...others.filter(at => belongsTo(project, files[at]!.fileName))].sort((a, b) => a - b).map(at => files[at]!)
}
