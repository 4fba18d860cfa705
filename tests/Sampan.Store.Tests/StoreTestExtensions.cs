using System.Text;

namespace Sampan.Store.Tests;

/// <summary>Short words for the contract tests.</summary>
internal static class StoreTestExtensions
{
    public static ReadOnlyMemory<byte> Bytes(this string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(this KeyValue value) => Encoding.UTF8.GetString(value.Value.Span);

    public static async Task<long> SetAsync(this IStore store, string key, string value, long lease = 0)
    {
        var result = await store.CommitAsync(Transaction.Set(key, value.Bytes(), lease), CancellationToken.None);
        return result.Revision;
    }

    public static async Task<long> DeleteAsync(this IStore store, string key)
    {
        var result = await store.CommitAsync(new Transaction([], [new Delete(key)]), CancellationToken.None);
        return result.Revision;
    }

    public static async Task<string?> ValueAsync(this IStore store, string key) =>
        (await store.GetAsync(key, CancellationToken.None))?.Text();

    public static async Task<List<string>> KeysAsync(this IStore store, string prefix, RangeOptions options = default) =>
        [.. (await store.RangeAsync(prefix, options, CancellationToken.None)).Items.Select(i => i.Key)];

    /// <summary>The first events of a watch, as "revision key=value<previous" lines.</summary>
    public static async Task<List<string>> EventsAsync(this IStore store, string prefix, long from, int count)
    {
        var lines = new List<string>();
        await foreach (var batch in store.WatchAsync(prefix, from, TestContext.Current.CancellationToken))
        {
            lines.AddRange(batch.Events.Select(e => $"{batch.Revision} {e.Key}={e.Current?.Text()}<{e.Previous?.Text()}"));
            if (lines.Count >= count)
            {
                break;
            }
        }

        return lines;
    }
}
