using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sampan.Client;

/// <summary>
/// One or several kubeconfig files, merged by kubectl's rule: for each named entry and for the current context the first file
/// that has it wins.
/// </summary>
public sealed class Kubeconfig
{
    private readonly Dictionary<string, KubeconfigEntry> _clusters = [];
    private readonly Dictionary<string, KubeconfigEntry> _users = [];
    private readonly Dictionary<string, KubeconfigEntry> _contexts = [];

    public string? CurrentContext { get; private set; }

    public IEnumerable<string> Contexts => _contexts.Keys;

    /// <summary>The file that changes go to when none is named: the first of KUBECONFIG, else <c>~/.kube/config</c>.</summary>
    public static string DefaultPath => SearchPath()[0];

    /// <summary>
    /// Loads the named file, or the files of the KUBECONFIG variable, or <c>~/.kube/config</c>. Only a named file must exist.
    /// </summary>
    public static Kubeconfig Load(string? path = null)
    {
        var merged = new Kubeconfig();
        if (path is not null)
        {
            merged.Add(Read(path), path);
            return merged;
        }

        foreach (var file in SearchPath())
            if (File.Exists(file)) merged.Add(Read(file), file);
        return merged;
    }

    public static Kubeconfig Parse(string yaml, string directory = "/")
    {
        var config = new Kubeconfig();
        config.Add(ParseRoot(yaml, "kubeconfig"), Path.Combine(directory, "config"));
        return config;
    }

    /// <summary>Merges the texts in order, as if they were the files of KUBECONFIG.</summary>
    public static Kubeconfig Merge(params IEnumerable<string> texts)
    {
        var config = new Kubeconfig();
        foreach (var text in texts) config.Add(ParseRoot(text, "kubeconfig"), "/config");
        return config;
    }

    /// <summary>The connection of a context, or of the current one.</summary>
    public ClientConfig ToClientConfig(string? context = null)
    {
        var name = context ?? CurrentContext;
        if (string.IsNullOrEmpty(name)) throw new KubeconfigException("no configuration has been provided: the kubeconfig has no current context");
        var chosen = _contexts.GetValueOrDefault(name) ?? throw new KubeconfigException($"context \"{name}\" does not exist");
        var clusterName = chosen.Text("cluster") ?? "";
        var cluster = _clusters.GetValueOrDefault(clusterName)
            ?? throw new KubeconfigException($"context \"{name}\": cluster \"{clusterName}\" does not exist");
        var userName = chosen.Text("user") ?? "";
        var user = userName.Length == 0
            ? null
            : _users.GetValueOrDefault(userName) ?? throw new KubeconfigException($"context \"{name}\": user \"{userName}\" does not exist");
        return KubeconfigMapping.ToConfig(chosen, cluster, user);
    }

    internal static YamlMappingNode ParseRoot(string yaml, string name)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is YamlScalarNode { Value: "" or null }) return [];
            return stream.Documents[0].RootNode as YamlMappingNode ?? throw new KubeconfigException($"{name} is not a YAML mapping");
        }
        catch (YamlException e)
        {
            throw new KubeconfigException($"error loading config file \"{name}\": {e.Message}", e);
        }
    }

    private static YamlMappingNode Read(string path)
    {
        try
        {
            return ParseRoot(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"cannot read kubeconfig \"{path}\": {e.Message}", e);
        }
    }

    private static string[] SearchPath()
    {
        var listed = (Environment.GetEnvironmentVariable("KUBECONFIG") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return listed.Length > 0
            ? listed
            : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
    }

    private static void AddEntries(Dictionary<string, KubeconfigEntry> target, YamlMappingNode root, string list, string body, string directory)
    {
        foreach (var item in root.List(list).OfType<YamlMappingNode>())
        {
            if (item.Text("name") is { } name) target.TryAdd(name, new KubeconfigEntry(name, item.Map(body) ?? [], directory));
        }
    }

    private void Add(YamlMappingNode root, string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        AddEntries(_clusters, root, "clusters", "cluster", directory);
        AddEntries(_users, root, "users", "user", directory);
        AddEntries(_contexts, root, "contexts", "context", directory);
        if (string.IsNullOrEmpty(CurrentContext)) CurrentContext = root.Text("current-context");
    }
}
