namespace Sampan.Client;

/// <summary>A decoded event of a watch.</summary>
public readonly record struct WatchEvent<T>(WatchEventType Type, T Object);
