using Sampan.Api;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of paths that must stay below their root.</summary>
internal static class PathValidation
{
    public static void LocalDescending(string path, FieldPath at, FieldErrors errors)
    {
        if (path.StartsWith('/'))
        {
            errors.Invalid(at, path, "must be a relative path");
        }
        NoBacksteps(path, at, errors);
    }

    public static void NoBacksteps(string path, FieldPath at, FieldErrors errors)
    {
        if (path.Split('/').Contains(".."))
        {
            errors.Invalid(at, path, "must not contain '..'");
        }
    }

    /// <summary>A file inside a volume: relative, and not one of the names the kubelet uses itself.</summary>
    public static void LocalNonReserved(string path, FieldPath at, FieldErrors errors)
    {
        LocalDescending(path, at, errors);
        if (path.StartsWith("..", StringComparison.Ordinal) && !path.StartsWith("../", StringComparison.Ordinal) && path != "..")
        {
            errors.Invalid(at, path, "must not start with '..'");
        }
    }
}
