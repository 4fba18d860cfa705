namespace Sampan.ControllerManager.Cloud;

/// <summary>A range of pod addresses and the node that has it.</summary>
internal sealed record CloudRoute(string Node, string Cidr);
