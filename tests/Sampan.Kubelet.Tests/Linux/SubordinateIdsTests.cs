using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Linux;

/// <summary>Upstream: TestParseGetSubIdsOutput and TestMakeUserNsManager.</summary>
public sealed class SubordinateIdsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeCommands _commands = new();

    public SubordinateIdsTests() => File.WriteAllText(_directory["passwd"], "root:x:0:0::/root:/bin/sh\nkubelet:x:900:900::/:/bin/false\n");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Read_UserWithIds_AreThose()
    {
        _commands.Answer = _ => "0: kubelet 131072 7208960\n";
        Assert.Equal(new SubordinateIds(131072, 7208960), await ReadAsync());
        Assert.Equal(["getsubids kubelet", "getsubids -g kubelet"], _commands.Calls);
    }

    [Fact]
    public async Task Read_NoSuchUser_NothingIsSetAside()
    {
        File.WriteAllText(_directory["passwd"], "root:x:0:0::/root:/bin/sh\nkubeletty:x:900:900::/:/bin/false\n");
        Assert.Null(await ReadAsync());
        Assert.Empty(_commands.Calls);
    }

    [Fact]
    public async Task Read_NoSuchProgram_NothingIsSetAside()
    {
        _commands.Answer = _ => throw new CommandFailure("getsubids cannot be started") { IsMissing = true };
        Assert.Null(await ReadAsync());
    }

    [Theory]
    [InlineData("0: kubelet 65536 65536\n1: kubelet 131072 65536\n", "it must contain only one line")]
    [InlineData("0: kubelet 65536", "invalid line \"0: kubelet 65536\"")]
    [InlineData("0: kubelet x 65536", "invalid line \"0: kubelet x 65536\"")]
    [InlineData(null, "mismatched subuids and subgids for user \"kubelet\"")]
    public async Task Read_WhatCannotBeUsed_IsRefused(string? output, string problem)
    {
        _commands.Answer = call => output ?? call;
        var failure = await Assert.ThrowsAsync<ConfigurationException>(ReadAsync);
        Assert.EndsWith(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65536, 65536 * 110L, null)]
    [InlineData(65537, 65536 * 110L, "kubelet user assigned ID 65537 is not a multiple of 65536")]
    [InlineData(0, 65536 * 110L, "kubelet user assigned ID 0 must be greater or equal to 65536")]
    [InlineData(65536, 65537, "kubelet user assigned IDs length 65537 is not a multiple of 65536")]
    [InlineData(65536, 65536 * 109L, "kubelet user assigned IDs are not enough to support 110 pods")]
    public void Check_Range_HasAPartForEachPod(uint first, uint length, string? problem)
    {
        var failure = Record.Exception(() => new SubordinateIds(first, length).Check(65536, 110));
        Assert.Equal(problem is null ? null : $"create user namespace manager: {problem}", failure?.Message);
    }

    private Task<SubordinateIds?> ReadAsync() => SubordinateIds.ReadAsync(_commands, _directory["passwd"], default);
}
