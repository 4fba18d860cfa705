using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>Variables that an init container writes into a file, as upstream's pkg/kubelet/util/env reads them.</summary>
public sealed class EnvFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly PodVolumes _volumes;

    public EnvFileTests()
    {
        var paths = new PodPaths(_directory["pods"], _directory["logs"]);
        _volumes = new PodVolumes([], paths, new FakeLinux(), new FakeTimeProvider());
        Directory.CreateDirectory(_directory["data"]);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("   KEY1='val1'\n\t\tKEY2='val2'\nKEY3='val3'\n", "KEY2", "val2")]
    [InlineData("# comment\n\nKEY1='foo'\n   # another comment\n\nKEY2='bar'\n", "KEY2", "bar")]
    [InlineData("KEY1='foo'\n", "KEY3", null)]
    [InlineData("KEY1='foo#notcomment'\n", "KEY1", "foo#notcomment")]
    [InlineData("KEY1='   foo bar   '\n", "KEY1", "   foo bar   ")]
    [InlineData("KEY1=''\n", "KEY1", "")]
    [InlineData("KEY1='foo=bar=baz'\n", "KEY1", "foo=bar=baz")]
    [InlineData("KEY2='bar' # comment\n", "KEY2", "bar")]
    [InlineData("KEY1='${VAR} $HOME'", "KEY1", "${VAR} $HOME")]
    [InlineData("KEY1='a \"nested\" b'", "KEY1", "a \"nested\" b")]
    [InlineData("KEY1='path\\\\to'\n", "KEY1", "path\\\\to")]
    [InlineData("KEY1='line one\n  two\n\nthree # no comment'\nKEY2='bar'\n", "KEY1", "line one\n  two\n\nthree # no comment")]
    [InlineData("KEY1='line one\nKEY2=no'\nKEY2='bar'\n", "KEY2", "bar")]
    [InlineData("KEY1='one'\r\nKEY2='two'\r\n", "KEY2", "two")]
    public void Find_Assignments_GivesTheValueAsItIsWritten(string text, string key, string? value) => Assert.Equal(value, EnvFile.Find(text, key));

    [Theory]
    [InlineData("KEY1 = 'val1'\n", "at line 1: whitespace before '=' is not allowed")]
    [InlineData("='foo'\nKEY2='bar'", "invalid environment variable format at line 1")]
    [InlineData("KEY1='foo'\nINVALID_LINE\nKEY2='bar'\n", "at line 2")]
    [InlineData("KEY1='two\nlines'\nINVALID_LINE\n", "at line 3")]
    [InlineData("KEY1='foo'\nKEY2=bar\n", "value must be enclosed in single quotes")]
    [InlineData("KEY2=\"bar\"\n", "value must be enclosed in single quotes")]
    [InlineData("KEY2='foo''bar'", "unexpected content after closing quote")]
    [InlineData("KEY2='bar'baz\n", "unexpected content after closing quote")]
    [InlineData("KEY2='bar'#baz\n", "unexpected content after closing quote")]
    [InlineData("KEY2='bar\nKEY3='baz'\n", "unexpected content after closing quote")]
    [InlineData("KEY2='bar\n", "unclosed single quote")]
    public void Find_WhatIsNoAssignment_IsTold(string text, string message)
    {
        var failure = Assert.Throws<FormatException>(() => EnvFile.Find(text, "KEY2"));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_FromAFile_SetsTheVariableAndLaterOnesSeeIt()
    {
        await File.WriteAllTextAsync(_directory["data/env"], "ADDRESS='db:5432'\n", TestContext.Current.CancellationToken);

        var result = await BuildAsync(new() { VolumeName = "data", Path = "env", Key = "ADDRESS" });

        Assert.Equal(("db:5432", "see db:5432"), (result["FROM"], result["LATER"]));
    }

    [Theory]
    [InlineData("env", "MISSING")]
    [InlineData("nowhere", "ADDRESS")]
    public async Task Build_MissingButOptional_LeavesTheVariableOut(string path, string key)
    {
        await File.WriteAllTextAsync(_directory["data/env"], "ADDRESS='db:5432'\n", TestContext.Current.CancellationToken);

        var result = await BuildAsync(new() { VolumeName = "data", Path = path, Key = key, Optional = true });

        Assert.False(result.ContainsKey("FROM"));
    }

    [Theory]
    [InlineData("data", "env", "MISSING", "environment variable key \"MISSING\" not found in file \"env\"")]
    [InlineData("data", "nowhere", "ADDRESS", "couldn't parse env file")]
    [InlineData("data", "outside", "ADDRESS", "couldn't parse env file")]
    [InlineData("data", "folder", "ADDRESS", "couldn't parse env file")]
    [InlineData("other", "env", "ADDRESS", "cannot find the volume \"other\" referenced by FileKeyRef")]
    public async Task Build_WhatCannotBeRead_KeepsTheContainerFromStarting(string volume, string path, string key, string message)
    {
        await File.WriteAllTextAsync(_directory["data/env"], "OTHER='x'\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_directory["secret"], "ADDRESS='the host'\n", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_directory["data/outside"], _directory["secret"]);
        Directory.CreateDirectory(_directory["data/folder"]);

        var failure = await Assert.ThrowsAsync<StartFailure>(() => BuildAsync(new() { VolumeName = volume, Path = path, Key = key }));

        Assert.Equal("CreateContainerConfigError", failure.Reason);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    private Task<Dictionary<string, string>> BuildAsync(FileKeySelector from)
    {
        var pod = Node.Pod("a", p => p.Spec.Containers[0].Env =
        [
            new() { Name = "FROM", ValueFrom = new() { FileKeyRef = from } },
            new() { Name = "LATER", Value = "see $(FROM)" },
        ]);
        var mounted = new Dictionary<string, MountedVolume> { ["data"] = new("data", _directory["data"], false) };
        return new ContainerEnvironment(new FakePodObjects(), _volumes, () => new Dictionary<string, Quantity>())
            .BuildAsync(pod, pod.Spec.Containers[0], mounted, ["192.0.2.1"], ["10.0.0.1"], default);
    }
}
