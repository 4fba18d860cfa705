using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>The part of a volume that a container mounts, once the variables in it are known.</summary>
internal static class SubPaths
{
    private const string Reason = "CreateContainerConfigError";

    /// <returns>Empty for the whole volume.</returns>
    /// <exception cref="StartFailure">A variable is missing, or the path would lead out of the volume.</exception>
    public static string Of(VolumeMount mount, IReadOnlyDictionary<string, string> variables)
    {
        var path = mount.SubPathExpr is { Length: > 0 } expression ? Expand(expression, variables) : mount.SubPath ?? "";
        if (path.StartsWith('/'))
        {
            throw new StartFailure(Reason, $"error SubPath `{path}` must not be an absolute path");
        }

        return path.Split('/').Contains("..") ? throw new StartFailure(Reason, $"unable to provision SubPath `{path}`: must not contain '..'") : path;
    }

    private static string Expand(string expression, IReadOnlyDictionary<string, string> variables) => Expansion.Expand(
        expression, name => variables.TryGetValue(name, out var value) ? value : throw new StartFailure(Reason, $"missing value for \"{name}\""));
}
