import { describe, expect, it } from 'vitest'
import { addressBlock, isPrivate } from '../../src/signals/address-block.ts'
import { clientFamily } from '../../src/signals/client-family.ts'

describe('clients and addresses', () => {
  it.each([
    ['aws-cli/2.15.0 Python/3.11', 'aws-cli', undefined],
    ['[Boto3/1.26 Python/3.10 Botocore/1.29]', 'boto3', undefined],
    ['APN/1.0 HashiCorp/1.0 Terraform/1.7.0', 'terraform and its like', undefined],
    ['Mozilla/5.0 (X11; Linux) Firefox/130', 'browser', undefined],
    ['aws-cli/1.22.34 Python/3.9.10 Linux/5.15.0-kali3-amd64', 'aws-cli', 'an attack distribution (Kali or its like)'],
    ['TruffleHog', 'trufflehog', 'TruffleHog'],
    ['S3 Browser/11.5.7', 's3', 'S3 Browser'],
    ['cloudformation.amazonaws.com', 'cloudformation.amazonaws.com', undefined],
  ])('%s is %s', (agent, family, tool) => {
    expect(clientFamily(agent)?.family).toBe(family)
    expect(clientFamily(agent)?.tool).toBe(tool)
  })

  it('takes no user agent for no evidence', () => {
    expect(clientFamily(undefined)).toBeUndefined()
    expect(clientFamily(' - ')).toBeUndefined()
  })

  it('knows the neighbourhood of an address, and what is nobody’s', () => {
    expect(addressBlock('198.51.100.7')).toBe('198.51.100.0/24')
    expect(addressBlock('::ffff:198.51.100.7')).toBe('198.51.100.0/24')
    expect(addressBlock('2001:0db8:0:1::5')).toBe('2001:db8:0::/48')
    expect(addressBlock('2001:db8::5')).toBe('2001:db8:0::/48')
    for (const ip of ['AWS Internal', '::1', '127.0.0.1']) expect(addressBlock(ip)).toBeUndefined()
    expect(['10.1.2.3', '172.31.0.1', '100.64.0.1', 'fd00::1', '::1'].every(isPrivate)).toBe(true)
    expect(['172.32.0.1', '100.128.0.1', '8.8.8.8', '2001:db8::1'].some(isPrivate)).toBe(false)
  })
})
