package dev.playcall.store;

class SqliteDeploymentTest extends DeploymentContract {}
