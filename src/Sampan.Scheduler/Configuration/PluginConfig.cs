using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sampan.Scheduler.Configuration;

/// <summary>The arguments of one plugin.</summary>
public sealed class PluginConfig
{
    public string Name { get; set; } = "";

    /// <summary>As written; of a plugin of the caller's own it is the caller's to read.</summary>
    public JsonElement? Args { get; set; }

    /// <summary>The arguments of a plugin that is known, with its defaults.</summary>
    [JsonIgnore]
    public IPluginArgs? Known { get; internal set; }
}
