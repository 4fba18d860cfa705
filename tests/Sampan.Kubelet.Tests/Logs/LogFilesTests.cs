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

    private Task RotateAsync(DateTimeOffset now, Func<Task> reopen) =>
        new LogFiles(Current, maxFiles: 5).RotateAsync(reopen, now, TestContext.Current.CancellationToken);

    private IEnumerable<string> Names() => Directory.GetFiles(_directory.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
