using System.Text;

namespace Sampan.ApiServer.Tests.Fuzz;

/// <summary>Makes bad input of good input, the same with the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "1e400", "99999999999999999999", "\\u0000", "\\ud800", "\\", "\0", "$patch",
        "$setElementOrder/", "%", "&", "=", "!", "(", ")", "in", "notin", "..", "//", "~1", "*", "- ", "\n", "\t", "&a", "*a", "<<: ", "|", "'", "\"\"",
        "metadata", "name", "kind", "apiVersion", "é", "\ud83d\ude00", "/-", "f:", "k:{}", "v:", "i:", ".", ";q=", "as=Table",
    ];

    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>The bytes with a few changes, cuts, copies and insertions.</summary>
    public byte[] Change(byte[] good)
    {
        var bytes = good.ToList();
        for (var changes = 1 + _random.Next(4); changes > 0; changes--)
        {
            ChangeOnce(bytes);
        }
        return [.. bytes];
    }

    public string Change(string good) => Encoding.UTF8.GetString(Change(Encoding.UTF8.GetBytes(good)));

    private void ChangeOnce(List<byte> bytes)
    {
        var place = _random.Next(bytes.Count + 1);
        switch (_random.Next(6))
        {
            case 0 when place < bytes.Count:
                bytes[place] = (byte)_random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 2:
                bytes.RemoveRange(place, Math.Min(_random.Next(20), bytes.Count - place));
                break;
            case 3:
                var length = Math.Min(_random.Next(60), bytes.Count - place);
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(place, length));
                break;
            default:
                bytes.InsertRange(place, Encoding.UTF8.GetBytes(Pick(Tokens)));
                break;
        }
    }
}
