namespace Sampan.Api.Meta.V1;

/// <summary>What the server is: its version, build and platform.</summary>
[ApiType("io.k8s.apimachinery.pkg.version.Info")]
public sealed partial class VersionInfo : IApiType<VersionInfo>
{
    /// <summary>When it was built.</summary>
    [Field("buildDate", 0, Required = true)]
    public string BuildDate { get; set; } = "";

    /// <summary>What compiled it.</summary>
    [Field("compiler", 0, Required = true)]
    public string Compiler { get; set; } = "";

    /// <summary>Major version whose behaviour the server shows.</summary>
    [Field("emulationMajor", 0)]
    public string? EmulationMajor { get; set; }

    /// <summary>Minor version whose behaviour the server shows.</summary>
    [Field("emulationMinor", 0)]
    public string? EmulationMinor { get; set; }

    /// <summary>The commit that it was built from.</summary>
    [Field("gitCommit", 0, Required = true)]
    public string GitCommit { get; set; } = "";

    /// <summary>Whether the sources were as committed: clean or dirty.</summary>
    [Field("gitTreeState", 0, Required = true)]
    public string GitTreeState { get; set; } = "";

    /// <summary>The whole version, such as v1.36.0.</summary>
    [Field("gitVersion", 0, Required = true)]
    public string GitVersion { get; set; } = "";

    /// <summary>The version of the language's runtime.</summary>
    [Field("goVersion", 0, Required = true)]
    public string GoVersion { get; set; } = "";

    /// <summary>Major version of the binary.</summary>
    [Field("major", 0, Required = true)]
    public string Major { get; set; } = "";

    /// <summary>Major version of the oldest peer with which it works together.</summary>
    [Field("minCompatibilityMajor", 0)]
    public string? MinCompatibilityMajor { get; set; }

    /// <summary>Minor version of the oldest peer with which it works together.</summary>
    [Field("minCompatibilityMinor", 0)]
    public string? MinCompatibilityMinor { get; set; }

    /// <summary>Minor version of the binary.</summary>
    [Field("minor", 0, Required = true)]
    public string Minor { get; set; } = "";

    /// <summary>Operating system and processor, such as linux/amd64.</summary>
    [Field("platform", 0, Required = true)]
    public string Platform { get; set; } = "";
}
