const { DataTypes, Model } = require('sequelize')

class User extends Model {}
User.init({ email: DataTypes.STRING, password: DataTypes.STRING, role: DataTypes.STRING }, { sequelize })

class Invoice extends Model {}
Invoice.init({ userId: DataTypes.INTEGER, total: DataTypes.INTEGER }, { sequelize })

module.exports = { User, Invoice }
