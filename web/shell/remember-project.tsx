'use client';
import { useEffect } from 'react';
import { recentProject } from './recent-project.ts';

/** Makes this project the one that opens after the next sign-in. */
export function RememberProject({ project }: { project: string }) {
  useEffect(() => recentProject.write(project), [project]);
  return null;
}
