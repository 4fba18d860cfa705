namespace Sampan.Scheduler.Configuration;

/// <summary>Arguments of a plugin. A new object has the defaults.</summary>
public interface IPluginArgs
{
    /// <summary>Fills in what was given, but says nothing.</summary>
    void SetDefaults()
    {
    }

    void Validate(FieldPath path, FieldErrors errors);
}
