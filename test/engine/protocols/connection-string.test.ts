import { expect, it } from 'vitest'
import { readConnectionString } from '../../../src/engine/protocols/connection-string.ts'

const secret = 'p:a@s'

it.each([
  [
    'postgresql://app:p%3Aa%40s@db.example.com:5432/shop?sslmode=require',
    { user: 'app', password: secret, database: 'shop', options: { sslmode: 'require' } },
  ],
  ['postgres://app:p:a@s@db.example.com/shop', { user: 'app', password: secret, database: 'shop' }],
  ['postgresql+asyncpg://app:p@db.example.com/shop', { scheme: 'postgresql+asyncpg', user: 'app', password: 'p' }],
  [
    'jdbc:postgresql://db.example.com/shop?user=app&password=p%3Aa%40s&ssl=true',
    { user: 'app', password: secret, database: 'shop' },
  ],
  ['jdbc:mysql://app:p@db.example.com:3306/shop', { scheme: 'mysql', user: 'app', password: 'p' }],
  ['redis://:p@cache.example.com:6379/0', { user: '', password: 'p', database: '0' }],
  ['rediss://app:p@cache.example.com', { scheme: 'rediss', user: 'app', password: 'p', database: '' }],
  [
    'mongodb+srv://app:100%25@c.example.mongodb.net/?authSource=admin',
    { scheme: 'mongodb+srv', password: '100%', options: { authsource: 'admin' } },
  ],
  ['mongodb://app:p@a.example.com:27017,b.example.com/shop', { user: 'app', password: 'p', database: 'shop' }],
  ['mysql://app:100%@db.example.com/shop', { password: '100%' }],
  ['mysql://app:%ff%fe@db.example.com/shop', { password: '%ff%fe' }],
])('reads %s as programs do', (text, expected) => expect(readConnectionString(text)).toMatchObject(expected))

it.each([
  'postgres://db.example.com/shop',
  'postgres://app@db.example.com/shop',
  'postgres://app:@db.example.com',
  'app:p@db.example.com',
  '',
])('finds no password in %s', text => expect(readConnectionString(text)).toBeUndefined())
