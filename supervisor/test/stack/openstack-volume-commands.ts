// What people type of volume types and of their quotas, after `openstack`. It comes after the quotas of all types.
import type { Command } from './openstack-client-commands.ts';

const done = /^$/;

export const volumeCommands: readonly Command[] = [
  {
    typed: 'volume type create --description flash --property tier=gold --property multiattach=yes cli-fast',
    says: /(?=[\s\S]*\| is_public +\| True)(?=[\s\S]*\| properties +\| .*tier='gold')/,
  },
  { typed: 'volume type create --private --project admin cli-hidden', says: /\| is_public +\| False/ },
  { typed: 'volume type list --public -f value -c Name', says: /^cli-fast$/ },
  { typed: 'volume type list --private -f value -c Name', says: /^cli-hidden$/ },
  {
    typed: 'volume type list --long',
    says: /(?=[\s\S]*cli-hidden)[\s\S]*cli-fast +\| True +\| flash +\| .*tier='gold'/,
  },
  { typed: 'volume type list --encryption-type', says: /cli-fast +\| True +\| - / },
  { typed: 'volume type show cli-fast', says: /\| description +\| flash[\s\S]*\| name +\| cli-fast/ },
  { typed: 'volume type show cli-hidden', says: /\| access_project_ids +\| [0-9a-f]{8}-/ },
  { typed: 'volume type set --name cli-faster --description quick --property tier=silver cli-fast', says: done },
  { typed: 'volume type unset --property multiattach cli-faster', says: done },
  { typed: 'volume type show cli-faster -f value -c description -c properties', says: /^quick\n\{'tier': 'silver'\}$/ },
  { typed: 'volume type unset --project admin cli-hidden', says: done },
  { typed: 'volume type set --project admin cli-hidden', says: done },
  { typed: 'quota set --gigabytes 40 --volumes 4 --volume-type cli-faster admin', says: done },
  {
    typed: 'quota show admin',
    says: /\| gigabytes +\| 70 [\s\S]*\| gigabytes_cli-faster +\| 40 [\s\S]*\| snapshots_cli-faster +\| -1 [\s\S]*\| volumes_cli-faster +\| 4 /,
  },
  { typed: 'quota set --class --snapshots 6 --volume-type cli-faster default', says: done },
  { typed: 'quota show --default', says: /\| gigabytes_cli-faster +\| -1 [\s\S]*\| snapshots_cli-faster +\| 6 / },
  { typed: 'volume type delete cli-faster cli-hidden', says: done },
  { typed: 'volume type list', says: done },
];
