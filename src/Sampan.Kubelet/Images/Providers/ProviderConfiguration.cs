using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Images.Providers;

/// <summary>One program that knows logins, from a file of kind CredentialProviderConfig.</summary>
/// <param name="Images">For which images it is asked.</param>
/// <param name="CacheDuration">How long its answer holds where it does not say.</param>
/// <param name="Token">What it wants of pods' service accounts; null for nothing.</param>
internal sealed record ProviderConfiguration(
    string Name, IReadOnlyList<string> Images, TimeSpan CacheDuration, string ApiVersion, IReadOnlyList<string> Args, IReadOnlyDictionary<string, string> Environment, TokenAttributes? Token)
{
    public const string V1 = "credentialprovider.kubelet.k8s.io/v1";
    private const string Group = "kubelet.config.k8s.io/";
    private static readonly string[] Known = [V1, "credentialprovider.kubelet.k8s.io/v1beta1"];

    /// <param name="path">A file, or a directory of them.</param>
    /// <exception cref="ConfigurationException">A file cannot be used.</exception>
    public static IReadOnlyList<ProviderConfiguration> Load(string path)
    {
        IReadOnlyList<ProviderConfiguration> all = [.. Files(path).SelectMany(LoadFile)];
        return all.GroupBy(p => p.Name).FirstOrDefault(name => name.Count() > 1)?.Key is { } twice
            ? throw new ConfigurationException($"duplicate provider name \"{twice}\" found in configuration file(s)")
            : all;
    }

    /// <summary>Tells one state of the files from another: each is hashed with its length before it.</summary>
    public static string HashOf(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var content in Files(path).Select(File.ReadAllBytes))
        {
            BinaryPrimitives.WriteInt64BigEndian(length, content.LongLength);
            hash.AppendData(length);
            hash.AppendData(content);
        }

        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static string[] Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Directory.GetFiles(path).Where(f => Path.GetExtension(f) is ".json" or ".yaml" or ".yml").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new ConfigurationException($"no configuration files found in directory \"{path}\"");
    }

    private static IReadOnlyList<ProviderConfiguration> LoadFile(string file)
    {
        try
        {
            var tree = YamlTree.Parse(File.ReadAllText(file)) as JsonObject;
            if ((string?)tree?["kind"] != "CredentialProviderConfig" || (string?)tree["apiVersion"] is not (Group + "v1" or Group + "v1beta1"))
            {
                throw new ConfigurationException($"{file}: want CredentialProviderConfig of {Group}v1");
            }

            return [.. (tree["providers"] as JsonArray ?? []).Select(p => Check(Read(p!), file))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonFormatException or InvalidOperationException or NullReferenceException)
        {
            throw new ConfigurationException($"failed to load the credential provider config file {file}: {e.Message}", e);
        }
    }

    private static ProviderConfiguration Read(JsonNode provider) => new(
        (string?)provider["name"] ?? "",
        Texts(provider["matchImages"]),
        Duration.Parse((string?)provider["defaultCacheDuration"] ?? "0s").ToTimeSpan(),
        (string?)provider["apiVersion"] ?? "",
        Texts(provider["args"]),
        (provider["env"] as JsonArray ?? []).ToDictionary(e => (string)e!["name"]!, e => (string?)e!["value"] ?? ""),
        TokenAttributes.Read(provider["tokenAttributes"]));

    private static ProviderConfiguration Check(ProviderConfiguration provider, string file)
    {
        var problem = provider switch
        {
            { Name: "" or "." or ".." } => "provider name cannot be empty, \".\" or \"..\"",
            { Name: var name } when name.Contains('/', StringComparison.Ordinal) || name.Contains(' ', StringComparison.Ordinal) => $"provider name \"{name}\" cannot contain path separators or spaces",
            { Images.Count: 0 } => "matchImages is required",
            { ApiVersion: var version } when !Known.Contains(version) => $"unsupported apiVersion \"{version}\": supported values: \"{string.Join("\", \"", Known)}\"",
            _ => provider.Token?.Problem(provider.ApiVersion),
        };
        return problem is null ? provider : throw new ConfigurationException($"{file}: providers[{provider.Name}]: {problem}");
    }

    private static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(t => (string)t!)];
}
