using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Cluster.Join;
using Spectre.Console;

namespace Sampan.Terminal;

/// <summary>Bootstrap tokens as `kubeadm token list` shows them.</summary>
internal static class TokenTable
{
    private static readonly string[] Columns = ["TOKEN", "TTL", "EXPIRES", "USAGES", "DESCRIPTION", "EXTRA GROUPS"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Grid Of(IReadOnlyList<BootstrapToken> tokens, DateTimeOffset now)
    {
        var table = new Grid();
        for (int i = 0; i < Columns.Length; i++) table.AddColumn(new GridColumn().NoWrap().PadRight(3));
        table.AddRow([.. Columns.Select(name => $"[grey]{name}[/]")]);
        foreach (var token in tokens)
        {
            string[] cells =
            [
                token.ToString(), token.Expires is { } end ? Short(end - now) : "<forever>", token.Expires is { } at ? BootstrapToken.TimeText(at) : "<never>",
                OrNone(string.Join(',', token.Usages)), OrNone(token.Description), OrNone(string.Join(',', token.Groups)),
            ];
            table.AddRow([.. cells.Select(cell => cell.EscapeMarkup())]);
        }

        return table;
    }

    public static string Json(BootstrapToken token)
    {
        var tree = new JsonObject { ["kind"] = "BootstrapToken", ["apiVersion"] = "output.kubeadm.k8s.io/v1alpha3", ["token"] = token.ToString() };
        if (token.Description.Length > 0) tree["description"] = token.Description;
        if (token.Expires is { } end) tree["expires"] = BootstrapToken.TimeText(end);
        if (token.Usages.Count > 0) tree["usages"] = new JsonArray([.. token.Usages.Select(u => (JsonNode)u)]);
        if (token.Groups.Count > 0) tree["groups"] = new JsonArray([.. token.Groups.Select(g => (JsonNode)g)]);
        return tree.ToJsonString(Indented);
    }

    /// <summary>In the largest unit alone. Clocks may differ by a second.</summary>
    private static string Short(TimeSpan time) => (long)time.TotalSeconds switch
    {
        < -1 => "<invalid>",
        < 0 => "0s",
        < 60 and var seconds => $"{seconds}s",
        < 3600 => $"{(long)time.TotalMinutes}m",
        < 86400 => $"{(long)time.TotalHours}h",
        < 365 * 86400L => $"{(long)time.TotalDays}d",
        _ => $"{(long)time.TotalDays / 365}y",
    };

    private static string OrNone(string text) => text.Length == 0 ? "<none>" : text;
}
