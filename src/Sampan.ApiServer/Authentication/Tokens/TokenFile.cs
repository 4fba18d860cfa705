using System.Text;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>
/// Static tokens from a CSV file, as <c>--token-auth-file</c> names it. A line is
/// <c>token,user,uid,"group1,group2"</c>; the groups may be absent.
/// </summary>
internal sealed class TokenFile : ITokenAuthenticator
{
    private const int RequiredColumns = 3;

    private readonly Dictionary<TokenHash, UserInfo> _users = [];

    private TokenFile()
    {
    }

    /// <summary>Reads a file; throws <see cref="InvalidDataException"/> naming the bad line.</summary>
    public static TokenFile Load(string path) => Parse(File.ReadAllText(path), path);

    public static TokenFile Parse(string text, string path)
    {
        var file = new TokenFile();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim() is { Length: > 0 } trimmed && trimmed[0] != '#')
                file.Add(SplitCsv(trimmed), path, number);
        }

        return file;
    }

    public ValueTask<TokenResult?> AuthenticateAsync(
        string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_users.TryGetValue(TokenHash.Of(token), out var user) ? new TokenResult(user, audiences) : null);

    private void Add(List<string> columns, string path, int line)
    {
        if (columns.Count < RequiredColumns)
        {
            throw new InvalidDataException(
                $"token file '{path}' must have at least {RequiredColumns} columns (token, user name, user uid), found {columns.Count} in line {line}");
        }

        if (columns[0].Length == 0)
            throw new InvalidDataException($"token file '{path}' has an empty token in line {line}");
        var groups = columns.Count > RequiredColumns
            ? columns[RequiredColumns].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
        _users[TokenHash.Of(columns[0])] = new UserInfo(columns[1], groups, columns[2]).Authenticated();
    }

    /// <summary>Splits at commas outside quotes; two quotes inside quotes are one.</summary>
    private static List<string> SplitCsv(string line)
    {
        var columns = new List<string>();
        var column = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                column.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                columns.Add(column.ToString().Trim());
                column.Clear();
            }
            else
            {
                column.Append(line[i]);
            }
        }

        columns.Add(column.ToString().Trim());
        return columns;
    }
}
