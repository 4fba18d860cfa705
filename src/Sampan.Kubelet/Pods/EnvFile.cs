namespace Sampan.Kubelet.Pods;

/// <summary>
/// A file of variables: the part of a shell's assignments that needs no shell, with every value in single quotes.
/// <code>
/// # where the database is
/// DB_ADDRESS='db.example:5432'
/// MOTD='two
/// lines'
/// </code>
/// </summary>
internal static class EnvFile
{
    private const char Quote = '\'';

    /// <returns>Null where the file does not say it.</returns>
    /// <exception cref="FormatException">Something before it is no assignment.</exception>
    public static string? Find(string text, string key)
    {
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var end = EndOfLine(text, at);
            var statement = text[at..end].TrimStart(' ', '\t').TrimEnd('\r');
            if (statement.Length == 0 || statement[0] == '#')
            {
                (at, line) = (end + 1, line + 1);
                continue;
            }

            var start = end - text[at..end].TrimStart(' ', '\t').Length;
            var (name, value, next) = Assignment(text, start, end, line);
            if (name == key)
            {
                return value;
            }

            line += text.AsSpan(at, Math.Min(next, text.Length) - at).Count('\n');
            at = next;
        }

        return null;
    }

    /// <returns>The name, the value, and where the next line begins.</returns>
    private static (string Name, string Value, int Next) Assignment(string text, int start, int end, int line)
    {
        var equals = text.IndexOf('=', start, end - start);
        if (equals <= start)
        {
            throw Error(line);
        }

        if (text[equals - 1] is ' ' or '\t')
        {
            throw Error(line, "whitespace before '=' is not allowed");
        }

        if (equals + 1 >= text.Length || text[equals + 1] != Quote)
        {
            throw Error(line, "value must be enclosed in single quotes");
        }

        var close = text.IndexOf(Quote, equals + 2);
        if (close < 0)
        {
            throw Error(line, "unclosed single quote");
        }

        var rest = EndOfLine(text, close + 1);
        var after = text[(close + 1)..rest].TrimEnd('\r');
        var isComment = after.Length > 0 && after[0] is ' ' or '\t' && after.TrimStart(' ', '\t').StartsWith('#');
        return after.Trim(' ', '\t').Length == 0 || isComment
            ? (text[start..equals], text[(equals + 2)..close], rest + 1)
            : throw Error(line, "unexpected content after closing quote");
    }

    private static int EndOfLine(string text, int from) => text.IndexOf('\n', from) is >= 0 and var end ? end : text.Length;

    private static FormatException Error(int line, string? why = null) =>
        new($"invalid environment variable format at line {line}" + (why is null ? "" : $": {why}"));
}
