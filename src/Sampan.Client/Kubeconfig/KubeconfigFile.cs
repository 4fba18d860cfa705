using System.Text;
using YamlDotNet.RepresentationModel;

namespace Sampan.Client;

/// <summary>
/// Changes single entries of a kubeconfig file. Everything else in it stays; the file is replaced whole, under kubectl's lock
/// file, so that neither a crash nor a concurrent kubectl loses an entry.
/// </summary>
public static class KubeconfigFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A complete new file with this one context.</summary>
    public static string Render(KubeconfigContext context)
    {
        var root = Empty();
        Put(root, context, makeCurrent: true);
        return Emit(root);
    }

    /// <summary>Adds or replaces the context with its cluster and user.</summary>
    public static void Write(string path, KubeconfigContext context, bool makeCurrent) =>
        Change(path, root => Put(root, context, makeCurrent));

    /// <summary>Removes the context, cluster and user of this name, and the current context if it is that one.</summary>
    public static void Remove(string path, string name)
    {
        if (!File.Exists(path)) return;
        Change(path, root =>
        {
            foreach (var list in (string[])["clusters", "users", "contexts"])
                if (root.Find(list) is YamlSequenceNode entries) Drop(entries, name);
            if (root.Text("current-context") == name) root.Set("current-context", Quoted(""));
        });
    }

    private static void Change(string path, Action<YamlMappingNode> change)
    {
        // A dotfiles user's kubeconfig may be a link: the target is what changes.
        if (File.Exists(path)) path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var held = KubeconfigLock.Take(path);
        var root = File.Exists(path) ? Kubeconfig.ParseRoot(File.ReadAllText(path), path) : Empty();
        change(root);
        var mode = File.Exists(path) ? File.GetUnixFileMode(path) : OwnerOnly;
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = mode,
        }))
        {
            file.Write(Encoding.UTF8.GetBytes(Emit(root)));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static void Put(YamlMappingNode root, KubeconfigContext context, bool makeCurrent)
    {
        var cluster = new YamlMappingNode { { "server", context.Server } };
        AddData(cluster, "certificate-authority-data", context.CertificateAuthority);
        var user = new YamlMappingNode();
        AddData(user, "client-certificate-data", context.ClientCertificate);
        AddData(user, "client-key-data", context.ClientKey);
        if (context.Token is { } token) user.Add("token", token);
        var body = new YamlMappingNode { { "cluster", context.Name }, { "user", context.Name } };
        if (context.Namespace is { } ns) body.Add("namespace", ns);

        PutEntry(root, "clusters", "cluster", context.Name, cluster);
        PutEntry(root, "users", "user", context.Name, user);
        PutEntry(root, "contexts", "context", context.Name, body);
        if (makeCurrent || string.IsNullOrEmpty(root.Text("current-context"))) root.Set("current-context", new YamlScalarNode(context.Name));
    }

    private static void PutEntry(YamlMappingNode root, string list, string field, string name, YamlMappingNode body)
    {
        if (root.Find(list) is not YamlSequenceNode entries)
        {
            entries = [];
            root.Set(list, entries);
        }

        entries.Style = YamlDotNet.Core.Events.SequenceStyle.Block;
        var known = entries.OfType<YamlMappingNode>().FirstOrDefault(e => e.Text("name") == name);
        if (known is not null) known.Set(field, body);
        else entries.Add(new YamlMappingNode { { field, body }, { "name", name } });
    }

    private static void Drop(YamlSequenceNode entries, string name)
    {
        foreach (var entry in entries.OfType<YamlMappingNode>().Where(e => e.Text("name") == name).ToList())
            entries.Children.Remove(entry);
    }

    private static void AddData(YamlMappingNode map, string field, string? text)
    {
        if (text is not null) map.Add(field, Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
    }

    private static YamlMappingNode Empty() => new()
    {
        { "apiVersion", "v1" },
        { "kind", "Config" },
        { "preferences", new YamlMappingNode { Style = YamlDotNet.Core.Events.MappingStyle.Flow } },
        { "clusters", new YamlSequenceNode() },
        { "contexts", new YamlSequenceNode() },
        { "users", new YamlSequenceNode() },
        { "current-context", Quoted("") },
    };

    private static YamlScalarNode Quoted(string text) => new(text) { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted };

    private static string Emit(YamlMappingNode root)
    {
        var text = new StringWriter();
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        var yaml = text.ToString();
        return yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml;
    }
}
