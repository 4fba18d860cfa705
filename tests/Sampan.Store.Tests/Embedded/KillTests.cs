using System.Diagnostics;
using Sampan.Store.Embedded;

namespace Sampan.Store.Tests.Embedded;

/// <summary>Whatever the moment of <c>kill -9</c>: what was acknowledged is there, with its revision, and the file is sound.</summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 8;

    private readonly TestDirectory _directory = new();
    private readonly Random _random = new(20260101);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Kill_AtRandomMoments_LosesNothingAcknowledged()
    {
        var path = _directory.File("kv.db");
        var acknowledged = new Dictionary<string, (int Number, long Revision)>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var line in await WriteAndKillAsync(path, _random.Next(1, 1500)))
            {
                var parts = line.Split(' ');
                var (number, revision) = (int.Parse(parts[1]), long.Parse(parts[2]));
                if (!acknowledged.TryGetValue(parts[0], out var known) || known.Revision < revision)
                {
                    acknowledged[parts[0]] = (number, revision);
                }
            }

            await CheckAsync(path, acknowledged);
        }
    }

    private static async Task CheckAsync(string path, Dictionary<string, (int Number, long Revision)> acknowledged)
    {
        await using var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = path });
        Assert.True(store.Revision >= acknowledged.Values.Max(a => a.Revision));
        foreach (var (key, (number, revision)) in acknowledged)
        {
            var found = await store.GetAsync(key, CancellationToken.None);
            Assert.NotNull(found);
            Assert.True(found.ModRevision >= revision, $"{key} was acknowledged at {revision} and is at {found.ModRevision}");
            var stored = int.Parse(found.Text()[..found.Text().IndexOf(':')]);
            Assert.Equal(KillTestWriter.Value(key, stored), found.Text());
            Assert.True(found.ModRevision > revision || stored == number);
        }
    }

    /// <summary>Lets a child write until so many lines came, kills it, and gives all its lines that are whole.</summary>
    private static async Task<List<string>> WriteAndKillAsync(string path, int lines)
    {
        using var child = Process.Start(new ProcessStartInfo(Path.ChangeExtension(typeof(KillTests).Assembly.Location, null), [KillTestWriter.Word, path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var read = new List<string>();
        while (read.Count < lines && await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            read.Add(line);
        }

        child.Kill();
        var rest = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(read.Count == lines, await errors);
        read.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return read;
    }
}
