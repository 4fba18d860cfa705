using System.Text;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Logs;

public sealed class LogReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    private string File1 => _directory["0.log"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Copy_WholeFile_JoinsPartsOfLongLines()
    {
        Write("2026-01-02T03:04:05.1Z stdout F one\n2026-01-02T03:04:05.2Z stdout P tw\n2026-01-02T03:04:05.3Z stdout F o\n");

        Assert.Equal("one\ntwo\n", await ReadAsync(new()));
    }

    [Fact]
    public async Task Copy_WithTimestamps_PadsTheFraction()
    {
        Write("2026-01-02T03:04:05.1Z stdout F one\n2026-01-02T03:04:05Z stderr F two\n");

        Assert.Equal("2026-01-02T03:04:05.100000000Z one\n2026-01-02T03:04:05.000000000Z two\n", await ReadAsync(new() { Timestamps = true }));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "three\n")]
    [InlineData(2, "two\nthree\n")]
    [InlineData(9, "one\ntwo\nthree\n")]
    public async Task Copy_Tail_GivesTheLastLines(int lines, string expected)
    {
        Write("2026-01-02T03:04:05Z stdout F one\n2026-01-02T03:04:06Z stdout F two\n2026-01-02T03:04:07Z stdout F three\n");

        Assert.Equal(expected, await ReadAsync(new() { TailLines = lines }));
    }

    [Fact]
    public async Task Copy_TailOfBigFile_CrossesBlocks()
    {
        Write(string.Concat(Enumerable.Range(0, 5000).Select(i => $"2026-01-02T03:04:05Z stdout F line {i}\n")));

        var text = await ReadAsync(new() { TailLines = 1000 });

        Assert.StartsWith("line 4000\n", text);
        Assert.EndsWith("line 4999\n", text);
    }

    [Fact]
    public async Task Copy_Since_SkipsOlderLines()
    {
        Write("2026-01-02T03:04:05Z stdout F one\n2026-01-02T03:04:06Z stdout F two\n");

        Assert.Equal("two\n", await ReadAsync(new() { Since = new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero) }));
    }

    [Fact]
    public async Task Copy_LimitBytes_CutsExactly()
    {
        Write("2026-01-02T03:04:05Z stdout F one\n2026-01-02T03:04:06Z stdout F two\n");

        Assert.Equal("one\nt", await ReadAsync(new() { LimitBytes = 5 }));
    }

    [Fact]
    public async Task Copy_OneStream_LeavesTheOtherOut()
    {
        Write("2026-01-02T03:04:05Z stdout F one\n2026-01-02T03:04:06Z stderr F two\nnot a log line\n");

        Assert.Equal("two\n", await ReadAsync(new() { Stream = "stderr" }));
    }

    [Fact]
    public async Task Copy_Follow_GoesOnThroughRotationUntilTheContainerEnds()
    {
        Write("2026-01-02T03:04:05Z stdout F one\n2026-01-02T03:04:05Z stdout F unfini");
        var running = true;
        var output = new MemoryStream();
        var reading = new LogReader(_time).CopyAsync(File1, new() { Follow = true }, () => running, output, default);
        await UntilAsync("one\n", output);

        File.AppendAllText(File1, "shed\n");
        await UntilAsync("one\nunfinished\n", output);
        File.Move(File1, File1 + ".old");
        Write("2026-01-02T03:04:06Z stdout F new\n");
        await UntilAsync("one\nunfinished\nnew\n", output);
        running = false;

        await Eventually.TrueAsync(() => reading.IsCompleted, "end", () => _time.Advance(TimeSpan.FromSeconds(1)));
        await reading;
    }

    private void Write(string text) => File.WriteAllText(File1, text);

    private async Task<string> ReadAsync(LogOptions options)
    {
        var output = new MemoryStream();
        await new LogReader(_time).CopyAsync(File1, options, () => false, output, default);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private Task UntilAsync(string text, MemoryStream output) =>
        Eventually.TrueAsync(() => Encoding.UTF8.GetString(output.ToArray()) == text, text, () => _time.Advance(TimeSpan.FromMilliseconds(100)));
}
