using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Logs;

public sealed class LogFilesTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly TemporaryDirectory _directory = new();

    private string Current => _directory["0.log"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Rotate_ManyTimes_KeepsSoManyFilesAndCompressesTheOlder()
    {
        await File.WriteAllTextAsync(Current, "first\n", TestContext.Current.CancellationToken);
        for (var i = 0; i < 6; i++)
        {
            await RotateAsync(Start.AddMinutes(i), () => File.WriteAllTextAsync(Current, "next\n"));
        }

        Assert.Equal(["0.log", "0.log.20260102-030605.gz", "0.log.20260102-030705.gz", "0.log.20260102-030805.gz", "0.log.20260102-030905"], Names());
    }

    [Fact]
    public async Task Rotate_WriterDoesNotFollow_LeavesTheLogAsItWas()
    {
        await File.WriteAllTextAsync(Current, "kept\n", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(() => RotateAsync(Start, () => throw new IOException("no")));

        Assert.Equal(["0.log"], Names());
        Assert.Equal("kept\n", await File.ReadAllTextAsync(Current, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Delete_Log_TakesWhatWasPutAsideAlong()
    {
        await File.WriteAllTextAsync(_directory["1.log"], "another\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Current, "first\n", TestContext.Current.CancellationToken);
        await RotateAsync(Start, () => File.WriteAllTextAsync(Current, "next\n"));
        await RotateAsync(Start.AddMinutes(1), () => File.WriteAllTextAsync(Current, "next\n"));

        new LogFiles(Current, maxFiles: 0).Delete();
        new LogFiles(_directory["gone/0.log"], maxFiles: 0).Delete();

        Assert.Equal(["1.log"], Names());
    }

    /// <summary>Upstream: TestCleanupUnusedLog.</summary>
    [Fact]
    public async Task Rotate_AfterACompressionThatWasInterrupted_TakesOneFileForEachTime()
    {
        foreach (var name in new[] { "0.log", "0.log.20260101-000000.gz", "0.log.20260101-000001.gz", "0.log.20260101-000002", "0.log.20260101-000002.gz", "0.log.20260101-000003.tmp" })
        {
            await File.WriteAllTextAsync(_directory[name], name, TestContext.Current.CancellationToken);
        }

        await RotateAsync(Start, () => File.WriteAllTextAsync(Current, "next\n"));

        Assert.Equal(["0.log", "0.log.20260101-000000.gz", "0.log.20260101-000001.gz", "0.log.20260101-000002.gz", "0.log.20260102-030405"], Names());
        Assert.Equal("0.log.20260101-000002.gz", await File.ReadAllTextAsync(_directory["0.log.20260101-000002.gz"], TestContext.Current.CancellationToken));
    }

    /// <summary>Upstream: TestRestartCountByLogDir.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("0.log.rotated-log", 1)]
    [InlineData("0.log", 1)]
    [InlineData("0.log 1.log 2.log", 3)]
    [InlineData("5.log.rotated 6.log 7.log", 8)]
    [InlineData("a.log.rotated b.log.rotated 12log.rotated", 0)]
    [InlineData("145.log.log.rotated", 146)]
    [InlineData("92233720368547758089223372036854775808.log.rotated", 0)]
    [InlineData("9223372036854775808.log.rotated 23.log 23a.log 1aaa.log.rotated 2.log 3.log.rotated", 24)]
    [InlineData("rotated.23.log mylog42.log -42.log", 0)]
    [InlineData("6.log 6.log.rotated 6.log.rotated.rotated", 7)]
    public void CountOf_Directory_IsOneMoreThanTheGreatestNumber(string names, int count)
    {
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.WriteAllText(_directory[name], "a line");
        }

        Assert.Equal(count, LogFiles.CountOf(_directory.Path));
        Assert.Equal(0, LogFiles.CountOf(_directory["gone"]));
    }

    private Task RotateAsync(DateTimeOffset now, Func<Task> reopen) =>
        new LogFiles(Current, maxFiles: 5).RotateAsync(reopen, now, TestContext.Current.CancellationToken);

    private IEnumerable<string> Names() => Directory.GetFiles(_directory.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
