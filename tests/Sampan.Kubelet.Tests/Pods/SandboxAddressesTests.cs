using Sampan.Api;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class SandboxAddressesTests
{
    [Theory]
    [InlineData("192.0.2.1", "10.0.0.1 fd00::6", "10.0.0.1 fd00::6")]
    [InlineData("192.0.2.1", "fd00::6 10.0.0.1", "10.0.0.1 fd00::6")]
    [InlineData("2001:db8::1", "10.0.0.1 fd00::6", "fd00::6 10.0.0.1")]
    [InlineData("192.0.2.1", "10.0.0.1 10.0.0.2 fd00::6 fd00::7", "10.0.0.1 fd00::6")]
    [InlineData("192.0.2.1", "10.0.0.1 192.168.1.1. fd00::6", "10.0.0.1 fd00::6")]
    [InlineData("192.0.2.1", "fd00:0:0:0:0:0:0:6", "fd00::6")]
    [InlineData("", "fd00::6 10.0.0.1", "10.0.0.1 fd00::6")]
    public void Of_WhateverTheRuntimeSays_IsOneOfEachFamilyTheNodesFirst(string node, string given, string expected)
    {
        var ips = given.Split(' ');
        var sandbox = new PodSandboxStatus { Network = new() { Ip = ips[0], AdditionalIps = { ips.Skip(1).Select(ip => new PodIP { Ip = ip }) } } };
        var facts = new NodeFacts("node", node.Length > 0 ? [node] : [], new Dictionary<string, Quantity>(), 0, "simulated");
        Assert.Equal(expected, string.Join(' ', SandboxAddresses.Of(sandbox, facts)));
    }

    [Fact]
    public void Of_NoSandboxOrNoNetwork_IsNothing()
    {
        var facts = new NodeFacts("node", [], new Dictionary<string, Quantity>(), 0, "simulated");
        Assert.Empty(SandboxAddresses.Of(null, facts));
        Assert.Empty(SandboxAddresses.Of(new PodSandboxStatus { Network = new() }, facts));
    }
}
