using Sampan.Store.Embedded;

namespace Sampan.Store.Tests.Embedded;

/// <summary>The child process of the kill tests: writes without end and prints each key and revision once it is acknowledged.</summary>
internal static class KillTestWriter
{
    public const string Word = "write-until-killed";
    private const int Writers = 4;

    public static async Task<int> RunAsync(string path)
    {
        await using var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = path });
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(store, w, output))));
        return 0;
    }

    public static string Value(string key, int number) => $"{number}:{new string((char)('a' + (number % 26)), 200 + (number * 37 % 6000))}:{key}";

    private static async Task WriteAsync(EmbeddedStore store, int writer, TextWriter output)
    {
        for (var number = 0; ; number++)
        {
            var key = $"/{writer}/{number % 100}";
            var revision = await store.SetAsync(key, Value(key, number));
            await output.WriteLineAsync($"{key} {number} {revision}");
            if (writer == 0 && number % 200 == 199)
            {
                await store.CompactAsync(store.Revision - 50, CancellationToken.None);
            }
        }
    }
}
