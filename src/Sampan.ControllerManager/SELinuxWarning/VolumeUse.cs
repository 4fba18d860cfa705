namespace Sampan.ControllerManager.SELinuxWarning;

/// <summary>How a pod uses a volume.</summary>
/// <param name="Label">What the volume is mounted with; empty: files are labelled one by one, if at all.</param>
/// <param name="Policy">MountOption or Recursive.</param>
internal readonly record struct VolumeUse(string Label, string Policy);
