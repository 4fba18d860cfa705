namespace Sampan.ApiServer.Tests;

/// <summary>Facts of upstream's API: SAMPAN_REFERENCE, or ../shared/reference beside the repository.</summary>
internal static class Reference
{
    private const string Missing = "the reference files are not here: set SAMPAN_REFERENCE to the directory that holds discovery/ and openapi/";

    private static readonly string? Root = Find();

    public static bool IsPresent => Root is not null;

    /// <summary>A folder of the reference; skips the test when there is none.</summary>
    public static string Directory(string name)
    {
        Assert.SkipWhen(Root is null, Missing);
        return Path.Combine(Root!, name);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SAMPAN_REFERENCE") is { Length: > 0 } named)
            return System.IO.Directory.Exists(named) ? named : null;
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            var candidate = Path.Combine(here.FullName, "shared", "reference");
            if (System.IO.Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
